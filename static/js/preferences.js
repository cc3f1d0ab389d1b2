// Runs before the first paint, so that nothing flashes or shifts: marks that scripts run, and sets the text
// size that the reader chose, unless the page (a print page) has one from its address.
(() => {
  const root = document.documentElement;
  root.classList.add("js");
  try {
    const step = localStorage.getItem("text-step");
    if (/^[0-4]$/.test(step) && !root.dataset.step) root.dataset.step = step;
  } catch {
    // Storage is switched off: the page keeps its usual size.
  }
})();
