// A new picture that looks like photos of the library: shown beside them, with the choice between them.
"use strict";
{
  const store = window.photoDialog;

  function make(name, options = {}, ...inside) {
    const made = Object.assign(document.createElement(name), options);
    made.append(...inside);
    return made;
  }

  function start() {
    const list = store.find("uploads");

    const button = (words, press, label = words) => {
      const made = make("button", { type: "button", className: "button", textContent: words, ariaLabel: label });
      made.addEventListener("click", press);
      return made;
    };

    // The new picture, so large that it can be compared.
    function fresh({ file, picture }) {
      const image = make("img", { src: picture, alt: "", width: 300, height: 200 });
      return make("li", { className: "photos__fresh" }, image, make("span", { textContent: gettext("New picture") }), make("small", { textContent: file.name }));
    }

    function known(row, photo) {
      const card = store.card(photo);
      if (photo.barred) return card;
      const words = gettext("Use this one");
      card.append(button(words, () => row.give(photo), `${words}: ${photo.caption || `#${photo.id}`}, ${photo.day}`));
      return card;
    }

    function ask({ row, alike }) {
      const box = make("div", { className: "photos__alike" });
      box.setAttribute("role", "group");
      box.setAttribute("aria-label", `${row.file.name}: ${gettext("the same picture?")}`);
      const anyway = button(gettext("Upload all the same"), () => {
        box.remove();
        row.anyway = true;
        row.again();
        (store.question() ?? store.find("title")).focus();
      });
      anyway.dataset.photosAnyway = "";
      box.append(make("ul", {}, fresh(row), ...alike.map((photo) => known(row, photo))), anyway);
      row.item.append(box);
    }

    // Returns the button that the first open question begins with, null where none is open.
    store.question = () => list.querySelector(".photos__alike button");
    store.on("asked", ask);
  }

  if (store) start();
}
