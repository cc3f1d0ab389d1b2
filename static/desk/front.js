// A curated page: a button beside a new story puts it in the first place.
"use strict";
{
  const $ = window.django && window.django.jQuery;

  function add(button) {
    const box = document.querySelector("#slots-group fieldset");
    document.querySelector("#slots-group .add-row a").click();
    const rows = [...box.querySelectorAll(":scope > .inline-related:not(.empty-form)")];
    const row = rows[rows.length - 1];
    const select = row.querySelector('select[name$="-article"]');
    select.append(new Option(button.dataset.title, button.dataset.add, false, true));
    $(select).trigger("change");
    if (rows.length > 1) rows[0].before(row);
    // The rows number themselves anew as after a drag.
    const up = row.querySelector("[data-move='1']");
    if (up && rows.length > 1) { up.disabled = false; up.click(); row.querySelector("[data-move='-1']").click(); }
    button.disabled = true;
    button.textContent = gettext("Added");
  }

  document.querySelectorAll("[data-add]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => add(button));
  });
}
