// «@» in a note offers the names of colleagues.
"use strict";
{
  const gettext = window.gettext || ((words) => words);
  const MOST = 6;

  function equip(section, area) {
    const box = document.createElement("ul");
    Object.assign(box, { className: "notes__names", id: "note-names", hidden: true });
    box.setAttribute("role", "listbox");
    box.setAttribute("aria-label", gettext("Colleagues"));
    area.after(box);
    area.setAttribute("aria-autocomplete", "list");
    area.setAttribute("aria-controls", box.id);
    let known = null;
    let current = 0;

    const options = () => [...box.children];
    function close() {
      box.hidden = true;
      area.removeAttribute("aria-activedescendant");
    }

    function mark(number) {
      current = (number + options().length) % options().length;
      options().forEach((option, place) => option.setAttribute("aria-selected", String(place === current)));
      area.setAttribute("aria-activedescendant", options()[current].id);
    }

    // What stands between «@» and the cursor.
    const begun = () => area.value.slice(0, area.selectionStart).match(/(?:^|[^\w.])@([^\s@]{0,20})$/)?.[1];

    function pick(name) {
      const end = area.selectionStart;
      area.setRangeText(`${name} `, end - begun().length, end, "end");
      close();
      area.focus();
      area.dispatchEvent(new Event("input", { bubbles: true }));
    }

    function offer(names) {
      box.replaceChildren(...names.map((name, number) => {
        const option = document.createElement("li");
        Object.assign(option, { id: `note-name-${number}`, textContent: name });
        option.setAttribute("role", "option");
        option.addEventListener("mousedown", (event) => event.preventDefault());
        option.addEventListener("click", () => pick(name));
        return option;
      }));
      box.hidden = !names.length;
      if (names.length) mark(0);
    }

    async function load() {
      known = [];
      const answer = await fetch(section.dataset.names);
      if (answer.ok) known = (await answer.json()).names;
    }

    area.addEventListener("input", async () => {
      if (begun() === undefined) return close();
      if (known === null) await load().catch((lost) => console.warn(lost));
      const typed = begun()?.toLowerCase();
      if (typed === undefined) return close();
      const fits = ({ name, also }) => [name, ...also].some((one) => one.toLowerCase().startsWith(typed));
      return offer(known.filter(fits).slice(0, MOST).map((one) => one.name));
    });
    area.addEventListener("keydown", (event) => {
      if (box.hidden || event.isComposing) return;
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step) mark(current + step);
      else if (event.key === "Enter" || event.key === "Tab") pick(options()[current].textContent);
      else if (event.key === "Escape") close();
      else return;
      event.preventDefault();
      event.stopImmediatePropagation();
    });
    area.addEventListener("blur", close);
  }

  const section = document.querySelector("[data-notes]");
  const area = section && section.querySelector("[data-notes-text]");
  if (area) equip(section, area);
}
