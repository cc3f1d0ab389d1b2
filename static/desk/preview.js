"use strict";
// Links lead out of the frames, in which no other page may stand; what only changes the view stays.
for (const frame of document.querySelectorAll(".preview iframe")) {
  const lead = () => {
    for (const link of frame.contentDocument?.links ?? []) {
      if (!/^[?#]/.test(link.getAttribute("href"))) link.target = "_blank";
    }
  };
  frame.addEventListener("load", lead);
  lead();
}

// A page of a desktop's width, made smaller to stand beside the phone's.
for (const box of document.querySelectorAll("[data-scaled]")) {
  const frame = box.querySelector("iframe");
  const width = Number(box.dataset.scaled);
  const fit = () => {
    const scale = Math.min(1, box.clientWidth / width);
    const small = box.clientWidth < 480; // a phone: the frame is the screen
    frame.style.width = small ? "100%" : `${width}px`;
    frame.style.height = small ? "100%" : `${box.clientHeight / scale}px`;
    frame.style.transform = small ? "none" : `scale(${scale})`;
  };
  new ResizeObserver(fit).observe(box);
  fit();
}
