// The calendar by keyboard: arrows from day to day, letters for what the bar above holds.
"use strict";
{
  const days = [...document.querySelectorAll("[data-plan-day]")];
  const STEPS = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };

  // One stop for the Tab key among the days; the arrows do the rest.
  function stop(at) {
    days.forEach((day) => { day.tabIndex = day === at ? 0 : -1; });
  }

  const wide = window.matchMedia("(min-width: 768px)");
  const today = days.find((day) => day.hasAttribute("aria-current"));
  if (wide.matches && days.length) stop(today || days[0]);

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select")) return;
    const step = STEPS[event.key];
    if (step && wide.matches && days.length) {
      const from = days.indexOf(document.activeElement);
      const next = from < 0 ? today || days[0] : days[from + step];
      if (!next) return;
      stop(next);
      next.focus();
      event.preventDefault();
      return;
    }
    const link = [...document.querySelectorAll("[data-plan-key]")]
      .find((one) => one.dataset.planKey.toLowerCase() === event.key.toLowerCase());
    if (!link) return;
    event.preventDefault();
    link.click();
  });
}
