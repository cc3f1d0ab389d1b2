// Rows in an order: dragged by a handle, or moved by two buttons; without this script by their number.
"use strict";
{
  const speaker = document.createElement("div");
  speaker.className = "visually-hidden";
  speaker.setAttribute("aria-live", "polite");
  const say = (words) => { speaker.textContent = words; };

  const rowsOf = (box) => [...box.querySelectorAll(":scope > .inline-related:not(.empty-form)")];
  const orderOf = (row) => row.querySelector('input[name$="-order"]');
  const valueOf = (field) => (field.type === "checkbox" || field.type === "radio" ? field.checked : field.value);
  const partOf = (field) => field.name.split("-").pop();

  // A row that was added and left as the empty one is: its number stays as it was, so that the server passes it over.
  function isBlank(row) {
    const empty = row.parentElement.querySelector(":scope > .empty-form");
    if (row.classList.contains("has_original") || !empty) return false;
    const fields = [...row.querySelectorAll("input[name], select[name], textarea[name]")];
    return fields.every((field) => {
      const model = empty.querySelector(`[name$="-${partOf(field)}"]`);
      return field === orderOf(row) || (model && valueOf(field) === valueOf(model));
    });
  }

  function number(box) {
    rowsOf(box).filter((row) => !isBlank(row)).forEach((row, index) => { orderOf(row).value = index; });
  }

  function label(box) {
    const rows = rowsOf(box);
    const leads = box.classList.contains("rows--slots");
    rows.forEach((row, index) => {
      row.querySelector(".row-place").textContent = leads && index === 0 ? gettext("Lead story") : index + 1;
      row.querySelector("[data-move='-1']").disabled = index === 0;
      row.querySelector("[data-move='1']").disabled = index === rows.length - 1;
    });
  }

  function settle(box, row) {
    box.dataset.moved = "";
    label(box);
    number(box);
    const rows = rowsOf(box);
    say(interpolate(gettext("Place %s of %s"), [rows.indexOf(row) + 1, rows.length]));
    box.dispatchEvent(new Event("input", { bubbles: true }));
  }

  function move(box, row, by) {
    const rows = rowsOf(box);
    const other = rows[rows.indexOf(row) + by];
    if (!other) return;
    if (by < 0) other.before(row);
    else other.after(row);
    settle(box, row);
  }

  function drag(box, row, event) {
    if (event.button) return;
    event.preventDefault();
    row.classList.add("is-dragged");
    const follow = ({ clientY }) => {
      const rows = rowsOf(box);
      const here = rows.indexOf(row);
      const middle = (other) => { const area = other.getBoundingClientRect(); return area.top + area.height / 2; };
      if (here > 0 && clientY < middle(rows[here - 1])) rows[here - 1].before(row);
      else if (here < rows.length - 1 && clientY > middle(rows[here + 1])) rows[here + 1].after(row);
    };
    const stop = () => {
      document.removeEventListener("pointermove", follow);
      row.classList.remove("is-dragged");
      settle(box, row);
    };
    // On the document: an element that is moved about in it would lose the pointer.
    const until = new AbortController();
    document.addEventListener("pointermove", follow);
    ["pointerup", "pointercancel"].forEach((end) =>
      document.addEventListener(end, () => { until.abort(); stop(); }, { signal: until.signal }));
  }

  function button(by, words, sign) {
    const made = document.createElement("button");
    Object.assign(made, { type: "button", textContent: sign, className: "row-move" });
    made.dataset.move = by;
    made.setAttribute("aria-label", words);
    made.title = words;
    return made;
  }

  function equip(box, row) {
    if (row.querySelector(".row-tools") || !orderOf(row)) return;
    const tools = document.createElement("span");
    tools.className = "row-tools";
    const handle = document.createElement("span");
    Object.assign(handle, { className: "row-handle", textContent: "⠿", title: gettext("Drag") });
    handle.setAttribute("aria-hidden", "true");
    handle.addEventListener("pointerdown", (event) => drag(box, row, event));
    const place = document.createElement("span");
    place.className = "row-place";
    tools.append(handle, place, button(-1, gettext("Move up"), "↑"), button(1, gettext("Move down"), "↓"));
    tools.addEventListener("click", ({ target }) => target.dataset.move && move(box, row, Number(target.dataset.move)));
    row.querySelector("h3").prepend(tools);
  }

  document.querySelectorAll("fieldset.sortable").forEach((box) => {
    rowsOf(box).forEach((row) => equip(box, row));
    box.classList.add("is-sortable");
    label(box);
    box.addEventListener("formset:added", (event) => { equip(box, event.target); box.dataset.moved = ""; label(box); });
    document.addEventListener("formset:removed", () => label(box));
    // Before anybody else hears of it: what is kept of the form on its way (desk/copies.js) has the numbers already.
    const form = box.closest("form");
    window.addEventListener("submit", ({ target }) => target === form && "moved" in box.dataset && number(box), { capture: true });
  });
  document.body.append(speaker);
}
