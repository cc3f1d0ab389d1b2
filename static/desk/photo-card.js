// A photo as the dialog shows it in lists, and what is said of it beside its words.
"use strict";
{
  const store = window.photoDialog;

  function part(name, className, textContent) {
    return Object.assign(document.createElement(name), { className, textContent });
  }

  function start() {
    const { find, photos } = store;
    const facts = find("facts"), further = find("further");

    // Returns an entry of a list: picture, caption, credit and day, and what has to be known before it is chosen.
    store.card = (photo) => {
      const entry = document.createElement("li");
      const image = Object.assign(document.createElement("img"), {
        loading: "lazy", decoding: "async", width: 300, height: 200, src: photo.small, alt: photo.alt,
      });
      image.style.objectPosition = `${photo.focal_x}% ${photo.focal_y}%`;
      entry.append(image, part("span", "", photo.caption || gettext("No caption")));
      entry.append(part("small", "", [photo.credit, photo.day].filter(Boolean).join(" · ")));
      if (photo.note) entry.append(part("small", "photos__missing photos__note", photo.note));
      if (!photo.alt) entry.append(part("small", "photos__missing", gettext("No alternative text")));
      return entry;
    };

    // What a file said of itself is seen without another click.
    const isFilled = () => [...further.querySelectorAll("input")].some(({ value }) => value);
    store.on("shown", ({ id }) => {
      const photo = photos.get(id);
      if (!photo) return;
      const taken = photo.taken && store.count(gettext("Taken %s"), photo.taken);
      facts.replaceChildren(part("span", "photos__missing", photo.note), part("span", "", taken));
      facts.hidden = !photo.note && !taken;
      if (isFilled()) further.open = true;
    });
  }

  if (store) start();
}
