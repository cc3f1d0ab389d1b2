// Names for the comboboxes of select2, which has none of its own; pictures and notes in what it offers.
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
    root.querySelectorAll("select.admin-autocomplete").forEach((select) => {
      if (!select.name.includes("__prefix__")) name(select);
    });
  }

  // On a phone the filters are folded, so that the list itself comes first.
  if (window.matchMedia("(max-width: 767px)").matches) {
    document.querySelectorAll("#changelist-filter details").forEach((filter) => { filter.open = false; });
  }

  if ($ && $.fn.select2) {
    $.fn.select2.defaults.set("templateResult", choice);
    $(() => nameAll(document));
    document.addEventListener("formset:added", (event) => nameAll(event.target));
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
