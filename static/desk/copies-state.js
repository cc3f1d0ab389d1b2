// The line beside the buttons that says where the words are. It is read aloud when that changes, not at every second.
"use strict";
if (window.copyWire) {
  const line = document.createElement("p");
  const words = document.createElement("span");
  const aloud = document.createElement("span");
  const button = document.createElement("button");
  line.className = "copy-state";
  line.append(words, " ", button, aloud);
  aloud.className = "visually-hidden";
  aloud.setAttribute("role", "status");
  Object.assign(button, { type: "button", hidden: true, textContent: gettext("Sign in again") });
  button.addEventListener("click", () => document.dispatchEvent(new CustomEvent("copies:sign-in")));
  const home = document.querySelector("[data-copy-state]") ?? document.querySelector(".verbs__buttons");
  home?.after(line);

  const clock = new Intl.DateTimeFormat(document.documentElement.lang, { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" });
  const here = (local) => (local
    ? gettext("What you type is kept in this browser.")
    : gettext("This browser cannot keep it either: do not close this window."));
  const SAID = {
    saved: ({ at }) => interpolate(gettext("Kept by itself at %s"), [clock.format(at)]),
    offline: ({ local }) => `${gettext("The connection is lost.")} ${here(local)}`,
    signed_out: ({ local }) => `${gettext("You are signed out.")} ${here(local)}`,
    other: ({ local, name }) => `${interpolate(gettext("By now this browser is signed in as %s."), [name])} ${here(local)}`,
    failed: ({ local }) => `${gettext("The server could not keep it.")} ${here(local)}`,
    refused: ({ local }) => `${gettext("Your account may not write stories any more.")} ${here(local)}`,
    unsent: ({ local }) => `${gettext("Nothing was sent, for there is no connection. Press the button again when it is back.")} ${here(local)}`,
    unsent_failed: ({ local }) => `${gettext("Nothing was sent, for the server has trouble. Press the button again to try all the same.")} ${here(local)}`,
  };
  let shown = "";

  // kind: a name in SAID; details: { at, local, name }.
  window.showCopyState = (kind, details) => {
    // A button that could not send has said more than what the next attempt finds.
    if (shown.startsWith("unsent") && (kind === "offline" || kind === "failed")) return;
    const text = SAID[kind](details);
    if (words.textContent !== text) words.textContent = text;
    button.hidden = !(kind === "signed_out" || kind === "other");
    line.classList.toggle("copy-state--care", kind !== "saved");
    if (shown !== kind && (shown || kind !== "saved")) aloud.textContent = kind === "saved" ? gettext("Everything is kept again.") : text;
    shown = kind;
  };
}
