// Notes on a story, sent without leaving it; what is typed is kept in the browser until it is stored.
"use strict";
{
  const gettext = window.gettext || ((words) => words);

  // Where the browser refuses its store, typing goes on without it.
  function kept(key, value) {
    try {
      if (value === undefined) return localStorage.getItem(key) || "";
      if (value) localStorage.setItem(key, value);
      else localStorage.removeItem(key);
    } catch (refused) {
      console.warn(refused);
    }
    return "";
  }

  // Words typed into notes that are being changed stay there when the list is renewed.
  function typedIn(list) {
    return [...list.querySelectorAll("textarea")].filter((area) => area.value !== area.defaultValue)
      .map((area) => [area.id, area.value]);
  }

  function renew(list, markup, sent) {
    const typed = typedIn(list).filter(([id]) => id !== sent);
    const unfolded = list.querySelector(".notes__settled[open]");
    const page = new DOMParser().parseFromString(markup, "text/html");
    list.replaceChildren(...page.body.childNodes);
    typed.forEach(([id, value]) => {
      const area = document.getElementById(id);
      if (!area) return;
      area.value = value;
      area.closest("details").open = true;
    });
    if (unfolded && list.querySelector(".notes__settled")) list.querySelector(".notes__settled").open = true;
  }

  function equip(section, form) {
    const list = section.querySelector("[data-notes-thread]");
    const area = section.querySelector("[data-notes-text]");
    const fault = section.querySelector("[data-notes-error]");
    const key = `note:${section.dataset.notes}`;

    // A note is no change to the story around it.
    section.addEventListener("input", (event) => event.stopPropagation());
    if (!area.value) area.value = kept(key);
    area.addEventListener("input", () => kept(key, area.value));

    async function send(button) {
      const address = button?.getAttribute("formaction") || form.action;
      const isNew = address === form.action;
      // Locked while it is on its way: a second click would post it twice.
      if (button) button.disabled = true;
      fault.textContent = "";
      try {
        const answer = await fetch(address, {
          method: "POST", body: new FormData(form), headers: { "X-Part": "thread" }, redirect: "error",
        });
        if (answer.status >= 500 || answer.status === 403 || answer.status === 404) throw new Error(String(answer.status));
        const markup = await answer.text();
        if (answer.ok) {
          renew(list, markup, button?.closest(".note__edit")?.querySelector("textarea").id);
          if (isNew) {
            area.value = "";
            kept(key, "");
            area.dispatchEvent(new Event("input"));
            section.dispatchEvent(new CustomEvent("notes:posted"));
          }
        } else {
          const page = new DOMParser().parseFromString(markup, "text/html");
          fault.textContent = page.querySelector("[data-notes-said]")?.textContent || gettext("The note was not stored.");
        }
      } catch (lost) {
        console.warn(lost);
        fault.textContent = gettext("The note could not be sent. It is kept here: sign in again in another tab, or wait for the connection, and post it once more.");
      } finally {
        if (button) button.disabled = false;
      }
    }

    form.addEventListener("submit", (event) => {
      event.preventDefault();
      send(event.submitter);
    });
    area.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && !event.isComposing) form.requestSubmit();
    });
  }

  const section = document.querySelector("[data-notes]");
  const form = document.getElementById("notes-form");
  if (section && form) equip(section, form);
}
