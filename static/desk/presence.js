// Who else has the story open, and who has saved it meanwhile: quiet lines at the top.
"use strict";
if (window.copyWire) {
  const { place } = window.copyWire;
  const line = place.querySelector("[data-presence]");
  const names = place.querySelector("[data-presence-names]");
  const typed = place.querySelector("[data-presence-typed]");
  const saved = place.querySelector("[data-presence-saved]");
  const seen = () => Number(place.closest("form").querySelector("input[name=seen]")?.value) || 0;

  const put = (element, text) => { if (element.textContent !== text) element.textContent = text; };

  function since(seconds) {
    if (seconds === null || seconds === undefined) return "";
    const minutes = Math.floor(seconds / 60);
    const words = minutes
      ? interpolate(ngettext("typed %s minute ago", "typed %s minutes ago", minutes), [minutes])
      : interpolate(ngettext("typed %s second ago", "typed %s seconds ago", seconds), [seconds]);
    return `· ${words}`;
  }

  function showOthers(others) {
    line.hidden = !others.length;
    put(names, others.length ? interpolate(gettext("Also in this story now: %s"), [others.map((person) => person.name).join(", ")]) : "");
    put(typed, others.length ? since(others[0].typed_seconds) : "");
  }

  function showSaved(said) {
    const newer = said.version > seen() && seen() > 0;
    saved.hidden = !newer;
    if (!newer) return;
    const words = said.own
      ? gettext("You saved this story in another window.")
      : interpolate(gettext("%s has saved this story."), [said.saved_by]);
    put(saved, `${words} ${gettext("When you save, both texts are put together.")}`);
  }

  document.addEventListener("copies:answer", ({ detail }) => {
    showOthers(detail.others);
    if (detail.version) showSaved(detail);
  });
}
