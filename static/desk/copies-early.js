// Runs before the page is shown: notes whether something was typed before the other scripts were there.
"use strict";
{
  const note = (event) => { if (event.isTrusted) window.typedEarly = true; };
  document.addEventListener("input", note, { capture: true });
  document.addEventListener("copies:started", () => document.removeEventListener("input", note, { capture: true }), { once: true });
}
