// The focal point of a photo: a click on the picture or the arrow keys set the two numbers, which work by
// themselves as well; beside the picture stand the cuts that lists make of it.
"use strict";
{
  window.gettext ??= (words) => words;
  const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  const CUTS = ["16:9", "4:3", "1:1"];

  function cut(ratio) {
    const frame = document.createElement("span"), image = document.createElement("img");
    frame.className = `focal-cut focal-cut--${ratio.replace(":", "-")}`;
    image.alt = "";
    frame.append(image, ratio);
    return frame;
  }

  function bind(box) {
    const scope = box.dataset.focalScope ? box.closest(box.dataset.focalScope) : document;
    const [x, y] = ["x", "y"].map((axis) => scope.querySelector(`[data-focal-${axis}], input[name="focal_${axis}"]`));
    if (!x || !y) return;
    const picture = box.querySelector("img"), mark = document.createElement("span"), cuts = document.createElement("span");
    mark.className = "focal-mark";
    cuts.className = "focal-cuts";
    cuts.setAttribute("aria-hidden", "true");
    cuts.append(...CUTS.map(cut));
    box.append(mark);
    box.after(cuts);
    box.tabIndex = 0;
    box.setAttribute("role", "application");
    box.setAttribute("aria-label", gettext("Focal point: click on the picture, or move it with the arrow keys."));

    const percent = (value) => Math.round(Math.min(100, Math.max(0, value)));
    function show() {
      mark.style.left = `${percent(x.value)}%`;
      mark.style.top = `${percent(y.value)}%`;
      cuts.querySelectorAll("img").forEach((image) => {
        if (image.src !== picture.src) image.src = picture.src;
        image.style.objectPosition = `${percent(x.value)}% ${percent(y.value)}%`;
      });
    }
    function set(left, top) {
      if (x.disabled) return;
      [[x, left], [y, top]].forEach(([field, value]) => {
        field.value = percent(value);
        field.dispatchEvent(new Event("input", { bubbles: true }));
      });
    }
    box.addEventListener("click", ({ clientX, clientY }) => {
      const area = picture.getBoundingClientRect();
      set((clientX - area.left) / area.width * 100, (clientY - area.top) / area.height * 100);
    });
    box.addEventListener("keydown", (event) => {
      const step = STEPS[event.key], size = event.shiftKey ? 10 : 1;
      if (!step) return;
      event.preventDefault();
      set(Number(x.value) + step[0] * size, Number(y.value) + step[1] * size);
    });
    [x, y].forEach((field) => field.addEventListener("input", show));
    // For who fills the numbers by script.
    box.addEventListener("focal:refresh", show);
    box.classList.add("is-active");
    if (picture.getAttribute("src")) show();
  }

  document.querySelectorAll("[data-focal]").forEach(bind);
}
