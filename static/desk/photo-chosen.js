// The photos chosen in the dialog, in the order of the choice: a strip that opens their words, and their number.
"use strict";
{
  const store = window.photoDialog;

  function start() {
    const { find, photos } = store;
    const strip = find("chosen");
    let shown = null;

    function item(id) {
      const photo = photos.get(id), entry = document.createElement("li");
      const open = document.createElement("button"), away = document.createElement("button");
      const image = Object.assign(document.createElement("img"), { src: photo.small, alt: "", width: 60, height: 40 });
      const name = photo.caption || `${gettext("No caption")} #${id}`;
      const mark = store.drafts.get(id)?.error ? gettext("not saved") : photo.alt ? "" : gettext("No alternative text");
      image.style.objectPosition = `${photo.focal_x}% ${photo.focal_y}%`;
      const label = [gettext("Words of the photo"), name, mark].filter(Boolean).join(": ");
      Object.assign(open, { type: "button", className: "photos__open", ariaLabel: label });
      open.classList.toggle("is-missing", Boolean(mark));
      open.append(image);
      open.addEventListener("click", () => store.show(id, true));
      Object.assign(away, { type: "button", className: "photos__away", textContent: "×", ariaLabel: `${gettext("Leave out")}: ${name}` });
      away.addEventListener("click", () => {
        store.choose(id, false);
        (strip.querySelector(".photos__away") ?? find("title")).focus();
      });
      entry.dataset.id = id;
      entry.append(open, away);
      return entry;
    }

    const current = () => strip.querySelectorAll("li").forEach((each) => {
      each.querySelector(".photos__open").setAttribute("aria-current", Number(each.dataset.id) === shown);
    });

    function tell() {
      strip.replaceChildren(...store.chosen.map(item));
      current();
      const count = store.chosen.length;
      find("count").textContent = count ? store.count(ngettext("%s photo chosen", "%s photos chosen", count), count) : "";
      find("insert").disabled = !count;
    }

    // What is chosen is shown; what is left out makes room for the last that stays.
    store.on("chosen", (id) => {
      if (store.chosen.includes(id)) store.show(id);
      else if (id !== null) store.show(store.chosen.at(-1) ?? null);
      tell();
    });
    ["changed", "unsaved"].forEach((name) => store.on(name, tell));
    store.on("shown", ({ id }) => { shown = id; current(); });
  }

  if (store) start();
}
