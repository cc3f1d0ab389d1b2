// Before the form is really sent: is somebody signed in, is the server there? If not, everything stays on the page.
"use strict";
if (window.copyWindow) {
  const { form, flush, stop, isLocal } = window.copyWindow;
  let cleared = false;
  let waiting = false;
  let insisted = false;

  async function isClear() {
    for (;;) {
      const { status, said } = await flush();
      if (status === 401) {
        if (!await window.signInAgain(said)) return false;
      } else if (status === 0) {
        window.showCopyState("unsent", { local: isLocal() });
        return false;
      } else if (status >= 500 && !insisted) {
        insisted = true;
        window.showCopyState("unsent_failed", { local: isLocal() });
        return false;
      } else return true;
    }
  }

  async function guard(event) {
    if (event.target !== form) return;
    if (cleared) {
      cleared = false;
      return;
    }
    const button = event.submitter;
    if (button?.hasAttribute("data-copy-drop")) {
      stop();
      [form.elements.copy_key.value, form.elements.copy_continued.value.split(":")[0]].forEach(window.copyStore.drop);
      return;
    }
    event.preventDefault();
    event.stopImmediatePropagation();
    if (waiting) return;
    waiting = true;
    button?.setAttribute("aria-busy", "true");
    const go = await isClear();
    button?.removeAttribute("aria-busy");
    waiting = false;
    if (!go) return;
    cleared = true;
    form.requestSubmit(button);
  }

  document.addEventListener("submit", guard, { capture: true });
  document.addEventListener("copies:sign-in", async () => { if (await window.signInAgain({})) flush(); });
}
