// Photos in a story: a chosen file is shown in its row at once; the first photo of a story leads it.
"use strict";
{
  const GROUP = "#placements-group";

  function show(input) {
    const [file] = input.files;
    const place = input.closest(".inline-related").querySelector(".field-preview .readonly");
    if (!file || !place) return;
    const image = document.createElement("img");
    Object.assign(image, { className: "row-photo", alt: file.name, src: URL.createObjectURL(file) });
    image.addEventListener("load", () => URL.revokeObjectURL(image.src), { once: true });
    place.replaceChildren(image);
  }

  function lead(row) {
    const places = [...document.querySelectorAll(`${GROUP} .inline-related:not(.empty-form) select[name$="-place"]`)];
    const mine = row.querySelector('select[name$="-place"]');
    if (mine && !places.some((place) => place !== mine && place.value === "lead")) mine.value = "lead";
  }

  document.addEventListener("change", ({ target }) => target.matches("[data-photo-file]") && show(target));
  document.addEventListener("formset:added", (event) => {
    if (!event.target.closest(GROUP)) return;
    lead(event.target);
    const file = event.target.querySelector("[data-photo-file]");
    if (file) file.focus();
  });
}
