// Suggestions under the line for tags: what is typed behind the last comma is looked up. Enter ends a tag.
"use strict";
{
  const PART = /[^,#;]*$/;

  function equip(input) {
    const list = document.createElement("ul");
    Object.assign(list, { id: `${input.id}_suggestions`, className: "suggestions", hidden: true });
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", gettext("Suggested tags"));
    input.after(list);
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-controls", list.id);
    let active = -1;
    let timer = 0;
    let asked = "";

    const options = () => [...list.children];

    function show(open) {
      list.hidden = !open;
      input.setAttribute("aria-expanded", String(open));
      if (!open) { active = -1; input.removeAttribute("aria-activedescendant"); }
    }

    function mark(index) {
      const all = options();
      active = (index + all.length) % all.length;
      all.forEach((option, place) => option.setAttribute("aria-selected", String(place === active)));
      input.setAttribute("aria-activedescendant", all[active].id);
      all[active].scrollIntoView({ block: "nearest" });
    }

    function take(name) {
      const before = input.value.replace(PART, "");
      input.value = `${before}${before && !/\s$/.test(before) ? " " : ""}${name}, `;
      show(false);
      input.dispatchEvent(new Event("input", { bubbles: true }));
      input.focus();
    }

    function offer(names) {
      list.replaceChildren(...names.map((name, place) => {
        const option = document.createElement("li");
        option.id = `${list.id}_${place}`;
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", "false");
        option.textContent = name;
        option.addEventListener("pointerdown", (event) => { event.preventDefault(); take(name); });
        return option;
      }));
      active = -1;
      show(names.length > 0);
    }

    async function look() {
      const typed = input.value.match(PART)[0].trim();
      asked = typed;
      if (!typed) { show(false); return; }
      const answer = await fetch(`${input.dataset.tags}?q=${encodeURIComponent(typed)}`).catch(() => null);
      // Without an answer (no connection, signed out) the line is typed as it is.
      if (!answer || !answer.ok || asked !== typed || document.activeElement !== input) return;
      const there = input.value.split(/[,#;]/).map((part) => part.trim());
      const { tags } = await answer.json();
      offer(tags.filter((name) => !there.includes(name)));
    }

    input.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(look, 150); });
    input.addEventListener("blur", () => show(false));
    input.addEventListener("keydown", (event) => {
      if (event.isComposing) return;
      if (event.key === "Enter") {
        event.preventDefault();
        const typed = input.value.match(PART)[0].trim();
        if (active >= 0) take(options()[active].textContent);
        else if (typed) take(typed);
        return;
      }
      if (list.hidden) return;
      if (event.key === "ArrowDown") { event.preventDefault(); mark(active + 1); }
      else if (event.key === "ArrowUp") { event.preventDefault(); mark(active < 0 ? -1 : active - 1); }
      else if (event.key === "Escape") { event.preventDefault(); show(false); }
    });
    show(false);
  }

  document.querySelectorAll("input[data-tags]").forEach(equip);
}
