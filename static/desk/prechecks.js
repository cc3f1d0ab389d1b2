// Checks before publication: the panel of a story, fetched anew after words were kept (places: prechecks-places.js).
"use strict";
{
  const PAUSE = 5000;
  const panel = document.querySelector("[data-prechecks]");

  function equip() {
    panel.querySelectorAll("[data-insert]").forEach((button) => { button.hidden = !document.getElementById("id_body"); });
  }

  // Only the findings are replaced: a reason or a release that is being typed stays.
  function show(markup) {
    const fresh = new DOMParser().parseFromString(markup, "text/html").querySelector("[data-prechecks]");
    if (!fresh) return;
    for (const part of ["[data-prechecks-findings]", "[data-prechecks-sum]"]) {
      const [old, made] = [panel.querySelector(part), fresh.querySelector(part)];
      if (old.innerHTML !== made.innerHTML) old.replaceChildren(...made.childNodes);
    }
    const override = panel.querySelector("[data-override]");
    if (override) override.hidden = (fresh.querySelector("[data-override]")?.hidden ?? true) && !override.querySelector("textarea").value;
    equip();
  }

  // A release that was compared once is compared again each time, as long as it stands there.
  let compared = false;
  async function refresh() {
    const release = compared ? panel.querySelector("#prechecks-release").value.trim() : "";
    const body = release ? new URLSearchParams({ release, csrfmiddlewaretoken: document.querySelector("[name=csrfmiddlewaretoken]").value }) : undefined;
    try {
      const answer = await fetch(panel.dataset.prechecks, { method: body ? "POST" : "GET", body, credentials: "same-origin" });
      // Signed out, or no connection: the autosave says so, and the last findings stay.
      if (answer.ok && !answer.redirected) show(await answer.text());
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
    }
  }

  // At most one request in PAUSE milliseconds; words kept meanwhile are looked at after it.
  let waiting = false, last = 0;
  function later() {
    if (waiting) return;
    waiting = true;
    setTimeout(() => { waiting = false; last = Date.now(); refresh(); }, Math.max(0, last + PAUSE - Date.now()));
  }

  if (panel) {
    panel.addEventListener("click", (event) => {
      if (!event.target.closest("[data-compare]")) return;
      compared = true;
      refresh();
    });
    panel.querySelector("[data-release]").hidden = false;
    document.addEventListener("copy:saved", later);
    equip();
    later();
  }
}
