// One file on its way into the library: its picture, its name, how far it is, and what can be done about it.
"use strict";
{
  const store = window.photoDialog;

  function button(words, press) {
    const made = Object.assign(document.createElement("button"), { type: "button", className: "button", textContent: words });
    made.addEventListener("click", press);
    return made;
  }

  // Returns the row of a file, which is «waiting», «sending», «asked» (see photo-alike.js) or «failed»; ``again``
  // and ``leave`` are called by its buttons.
  function makeRow(file, { again, leave }) {
    const item = document.createElement("li"), picture = document.createElement("img"), words = document.createElement("span");
    const name = document.createElement("strong"), said = document.createElement("span"), bar = document.createElement("progress");
    Object.assign(picture, { alt: "", decoding: "async", src: URL.createObjectURL(file) });
    picture.addEventListener("error", () => picture.replaceWith(Object.assign(document.createElement("i"), { className: "photos__nothing" })));
    name.textContent = file.name;
    Object.assign(bar, { max: 1, value: 0, ariaLabel: file.name });
    said.setAttribute("role", "status");
    words.append(name, bar, said);
    const row = { file, item, picture: picture.src, state: "waiting", lost: false, anyway: false, stop() {} };
    const retry = button(gettext("Try again"), () => again(row));
    const away = button(gettext("Cancel"), () => leave(row));
    row.progress = (part) => {
      bar.value = part;
      said.textContent = part < 1 ? `${Math.round(part * 100)}%` : gettext("Preparing the picture …");
    };
    row.show = (state, error = "") => {
      row.state = state;
      const isOver = ["asked", "failed"].includes(state);
      item.classList.toggle("is-failed", state === "failed");
      item.classList.toggle("is-asked", state === "asked");
      bar.hidden = isOver;
      retry.hidden = !(state === "failed" && row.lost);
      away.textContent = isOver ? gettext("Remove from the list") : gettext("Cancel");
      said.textContent = error || (state === "waiting" ? gettext("Waiting") : "0%");
    };
    row.remove = () => { URL.revokeObjectURL(row.picture); item.remove(); };
    item.append(picture, words, retry, away);
    row.show("waiting");
    return row;
  }

  if (store) store.uploadRow = makeRow;
}
