// Videos and maps of other sites: the frame takes the place of its link when a reader asks for it, and
// nothing is asked of the other site before. Loaded with «defer» on pages that have one.
(() => {
  "use strict";

  // A new tab or window was asked for: the link does what links do.
  function wantsLink(event) {
    return event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey;
  }

  function show(event) {
    if (wantsLink(event)) return;
    event.preventDefault();
    const link = event.currentTarget;
    const frame = document.createElement("iframe");
    frame.className = "embed__frame";
    frame.title = link.dataset.title;
    frame.allow = "fullscreen; encrypted-media; picture-in-picture";
    frame.referrerPolicy = "strict-origin-when-cross-origin"; // without it some players refuse to play
    frame.src = link.dataset.frame;
    link.replaceWith(frame);
    frame.focus();
  }

  for (const link of document.querySelectorAll("a[data-frame]")) link.addEventListener("click", show);
})();
