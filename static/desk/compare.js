"use strict";
// The page of a comparison: the view that was chosen is remembered in this browser.
{
  const KEY = "compare-view";
  const page = document.querySelector("[data-compare]");
  const group = page?.querySelector("[data-views]");

  const remembered = () => {
    try {
      return localStorage.getItem(KEY);
    } catch (error) {
      if (error instanceof DOMException) return null; // storage is switched off in this browser
      throw error;
    }
  };

  const remember = (view) => {
    try {
      localStorage.setItem(KEY, view);
    } catch (error) {
      if (!(error instanceof DOMException)) throw error; // chosen for this page only
    }
  };

  const show = (view) => {
    page.dataset.view = view;
    for (const button of group.querySelectorAll("[data-view]")) {
      button.setAttribute("aria-pressed", String(button.dataset.view === view));
    }
  };

  if (group) {
    group.hidden = false;
    show(remembered() === "inline" ? "inline" : "sides");
    group.addEventListener("click", (event) => {
      const view = event.target.closest("[data-view]")?.dataset.view;
      if (!view) return;
      show(view);
      remember(view);
    });
  }
}
