// The focal point of a photo: a click on the picture sets the two numbers, which work by themselves as well.
"use strict";
{
  const box = document.querySelector("[data-focal]");
  const [x, y] = ["focal_x", "focal_y"].map((name) => document.querySelector(`input[name="${name}"]`));

  if (box && x && y) {
    const mark = document.createElement("span");
    mark.className = "focal-mark";
    box.append(mark);
    const show = () => { mark.style.left = `${x.value}%`; mark.style.top = `${y.value}%`; };
    const percent = (value) => Math.round(Math.min(100, Math.max(0, value * 100)));
    box.addEventListener("click", ({ clientX, clientY }) => {
      const area = box.querySelector("img").getBoundingClientRect();
      x.value = percent((clientX - area.left) / area.width);
      y.value = percent((clientY - area.top) / area.height);
      show();
    });
    [x, y].forEach((field) => field.addEventListener("input", show));
    box.classList.add("is-active");
    show();
  }
}
