// Writing: areas that grow, the count of characters, one-line areas, and a warning before words are left behind.
"use strict";
{
  function grow(area) {
    area.style.height = "auto";
    area.style.height = `${area.scrollHeight + area.offsetHeight - area.clientHeight}px`;
  }

  function count(area) {
    const shown = document.createElement("span");
    shown.className = "count";
    shown.setAttribute("aria-hidden", "true");
    area.after(shown);
    const update = () => { shown.textContent = `${[...area.value].length} / ${area.maxLength}`; };
    area.addEventListener("input", update);
    update();
  }

  function equip(root) {
    root.querySelectorAll("textarea[data-grow]").forEach((area) => {
      area.addEventListener("input", () => grow(area));
      grow(area);
    });
    root.querySelectorAll("textarea[data-count]").forEach(count);
    root.querySelectorAll("textarea[data-one-line]").forEach((area) => {
      area.addEventListener("keydown", (event) => event.key === "Enter" && !event.isComposing && event.preventDefault());
    });
    // What is unfolded gets its height then.
    root.querySelectorAll("details").forEach((part) => part.addEventListener("toggle", () =>
      part.querySelectorAll("textarea[data-grow]").forEach(grow)));
  }

  function guard(form) {
    let unsaved = document.querySelector(".errornote") !== null;
    const touch = () => { unsaved = true; };
    form.addEventListener("input", touch);
    form.addEventListener("formset:added", touch);
    form.addEventListener("submit", (event) => { if (!event.defaultPrevented) unsaved = false; });
    window.addEventListener("beforeunload", (event) => { if (unsaved) event.preventDefault(); });
  }

  // Enter opens a list of choices and does nothing else: the browser would press some button of the form.
  function stay(event) {
    if (event.key !== "Enter" || event.isComposing || !event.target.matches("input, select")) return;
    event.preventDefault();
    if (event.target.matches("select")) event.target.showPicker?.();
  }

  equip(document);
  document.addEventListener("formset:added", (event) => equip(event.target));
  const story = document.querySelector("[data-writing]");
  story?.addEventListener("keydown", stay);
  // Where every letter is kept as it is typed, nobody is asked before leaving (desk/copies.js asks where it cannot).
  if (story && !window.copyWindow) guard(story.closest("form"));
  // An address may lead to a part that is folded: «#withdraw» asks for its reason at once.
  const asked = window.location.hash.length > 1 && document.getElementById(window.location.hash.slice(1));
  if (asked instanceof HTMLDetailsElement) {
    asked.open = true;
    const focus = () => { if (document.activeElement === document.body) asked.querySelector("textarea, input")?.focus(); };
    focus();
    // The browser takes the focus away when it has scrolled to the place that the address names.
    window.addEventListener("load", () => setTimeout(focus));
  }
  // The first thing wrong is brought into view, unfolded where it is folded.
  const wrong = document.querySelector(".story .errorlist");
  if (wrong) {
    const fold = wrong.closest("details");
    if (fold) fold.open = true;
    wrong.scrollIntoView({ block: "center" });
  }
}
