// Galleries: their links move the strip alone and leave no step in the history; a screen reader hears the place
// that a swipe or the arrow keys led to. Loaded with «defer» by the first gallery of a page.
(() => {
  "use strict";

  // A new tab or window was asked for: the link does what links do.
  function wantsLink(event) {
    return event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey;
  }

  function bind(gallery) {
    const strip = gallery.querySelector(".gallery__strip");
    const said = gallery.querySelector("[data-gallery-said]");
    const items = [...gallery.querySelectorAll(".gallery__item")];
    let shown = items[0], wanted = null;

    const lead = (item) => strip.scrollTo({ left: item.offsetLeft - items[0].offsetLeft });

    strip.addEventListener("click", (event) => {
      const link = event.target.closest("a[data-way]");
      if (!link || wantsLink(event)) return;
      event.preventDefault();
      shown = document.getElementById(link.hash.slice(1));
      lead(shown);
      // The same link of the photo that comes keeps the focus, its other link at the end of the strip.
      const way = shown.querySelector(`[data-way="${link.dataset.way}"]`) ?? shown.querySelector("[data-way]");
      way.focus({ preventScroll: true });
    });

    // The browser's own arrow keys are lost while the strip still glides.
    strip.addEventListener("keydown", (event) => {
      const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
      if (!step || event.target !== strip || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      wanted = items[items.indexOf(wanted ?? shown) + step] ?? wanted ?? shown;
      lead(wanted);
    });
    strip.addEventListener("scrollend", () => { wanted = null; });

    const seen = new IntersectionObserver((changes) => {
      const change = changes.findLast(({ isIntersecting }) => isIntersecting);
      if (!change || change.target === shown) return;
      shown = change.target;
      said.textContent = shown.querySelector(".gallery__place").textContent;
    }, { root: strip, threshold: 0.7 });
    items.forEach((item) => seen.observe(item));
  }

  document.querySelectorAll("[data-gallery]").forEach(bind);
})();
