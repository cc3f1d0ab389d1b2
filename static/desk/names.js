// Names for the comboboxes of select2, which has none of its own; pictures and notes in what it offers;
// opened by typing, and in a row that was just added.
"use strict";
{
  const $ = window.django && window.django.jQuery;
  // Lists are shown without the catalogue of words.
  const gettext = window.gettext || ((words) => words);

  // A choice with its picture and note, where the server sent some (ModelAdmin.describe_choice).
  function choice(data) {
    if (!data.id || !(data.note || data.image)) return data.text;
    const row = document.createElement("span");
    row.className = "choice";
    if (data.image) {
      const image = document.createElement("img");
      Object.assign(image, { src: data.image, alt: "", loading: "lazy", className: "choice__image" });
      row.append(image);
    }
    const words = document.createElement("span");
    words.append(data.text);
    if (data.note) {
      const note = document.createElement("small");
      note.textContent = data.note;
      words.append(note);
    }
    row.append(words);
    return row;
  }

  function name(select) {
    const box = select.nextElementSibling && select.nextElementSibling.querySelector("[role=combobox]");
    const label = document.querySelector(`label[for="${select.id}"]`);
    if (!box || !label) return;
    label.id = `${select.id}_label`;
    const value = box.querySelector(".select2-selection__rendered");
    ["role", "aria-readonly"].forEach((attribute) => value?.removeAttribute(attribute));
    box.setAttribute("aria-labelledby", value ? `${label.id} ${value.id}` : label.id);
    label.addEventListener("click", () => box.focus());
  }

  function nameAll(root) {
    root.querySelectorAll("select.admin-autocomplete, select[data-pick]").forEach((select) => {
      if (!select.name.includes("__prefix__")) name(select);
    });
  }

  const pickerOf = (box) => box?.closest(".select2-container")?.previousElementSibling;

  // A letter on a closed picker opens it and goes into its search.
  function openByTyping(event) {
    const box = event.target.closest?.(".select2-selection--single");
    const letter = event.key.length === 1 && event.key !== " " && !event.ctrlKey && !event.metaKey && !event.altKey;
    if (!box || !letter || box.closest(".select2-container--open")) return;
    event.preventDefault();
    event.stopPropagation();
    const picker = $(pickerOf(box)).select2("open").data("select2");
    document.activeElement.value = event.key;
    // Its own listener passes over what follows the Enter of the choice before.
    picker.trigger("query", { term: event.key });
  }

  // Enter before the answer is there takes the first of what was typed for, not of what was shown before.
  const waiting = new WeakSet();
  const listened = new WeakSet();
  function takeFirst(event) {
    if (event.key !== "Enter" || event.isComposing || !event.target.matches?.(".select2-search__field")) return;
    if (!event.target.closest(".select2-container")?.querySelector(".loading-results")) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const picker = $(pickerOf(document.querySelector("select + .select2-container--open"))).data("select2");
    waiting.add(picker);
    if (listened.has(picker)) return;
    listened.add(picker);
    picker.on("results:all", () => { if (waiting.delete(picker)) picker.trigger("results:select", {}); });
    ["query", "close"].forEach((name) => picker.on(name, () => waiting.delete(picker)));
  }

  // Who asks for another row of a story means to fill it: its picker opens. Rows that a script adds stay shut.
  let byHand = false;
  function openFirst(row) {
    const first = byHand && row.closest("[data-writing]") && row.querySelector("select.admin-autocomplete");
    byHand = false;
    if (!first) return;
    // The choices need room below.
    row.scrollIntoView({ block: "center" });
    $(first).select2("open");
  }

  // On a phone the filters are folded, so that the list itself comes first.
  if (window.matchMedia("(max-width: 767px)").matches) {
    document.querySelectorAll("#changelist-filter details").forEach((filter) => { filter.open = false; });
  }

  if ($ && $.fn.select2) {
    $.fn.select2.defaults.set("templateResult", choice);
    $(() => nameAll(document));
    document.addEventListener("click", (event) => { byHand = event.isTrusted && Boolean(event.target.closest(".add-row a")); }, { capture: true });
    document.addEventListener("formset:added", (event) => { nameAll(event.target); openFirst(event.target); });
    document.addEventListener("keydown", takeFirst, { capture: true });
    document.addEventListener("keydown", openByTyping, { capture: true });
    $(document).on("select2:open", () => {
      const search = document.querySelector(".select2-container--open .select2-search__field");
      if (!search) return;
      search.setAttribute("aria-label", gettext("Search"));
      search.focus();
    });
    // A filter beside a list applies itself.
    $("[data-submits]").on("change", (event) => event.target.form.requestSubmit());
  }
}
