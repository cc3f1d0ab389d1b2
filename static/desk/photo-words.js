// The words of a photo, changed in the dialog. What was typed is kept until the desk has stored it.
"use strict";
{
  const store = window.photoDialog;

  function start() {
    const { find, photos, Refused } = store;
    const panel = find("words"), box = panel.querySelector("[data-focal]");
    const fields = [...panel.querySelectorAll("[data-photos-word]")];
    const stored = (photo, name) => String(photo[name === "credit" ? "own_credit" : name] ?? "");
    // What is typed and not stored, by number of the photo: { seen, values, theirs, error, errors }.
    const drafts = store.drafts = new Map();
    let shown = null;

    const labelOf = (field) => field.closest("label").firstChild.textContent.trim();
    const valueOf = (name) => fields.find((field) => field.dataset.photosWord === name).value;
    const shownAs = (photo, name) => (name === "photographer" ? photo.photographer_name : stored(photo, name)) || "–";

    function fill() {
      const photo = photos.get(shown), draft = drafts.get(shown);
      panel.hidden = !photo;
      if (!photo) return;
      fields.forEach((field) => {
        const name = field.dataset.photosWord, value = draft?.values[name] ?? stored(photo, name);
        field.value = value;
        if (field.value !== value && field.options) field.append(new Option(photo.photographer_name, value, true, true));
        field.disabled = !photo.editable;
      });
      [find("preview"), find("picture")].forEach((image) => Object.assign(image, { src: photo.url, alt: photo.alt, width: photo.width, height: photo.height }));
      find("page").href = store.dialog.dataset.page.replace("/0/", `/${photo.id}/`);
      find("why").hidden = photo.editable;
      box.dispatchEvent(new Event("focal:refresh"));
      say();
    }

    function say() {
      const photo = photos.get(shown), draft = drafts.get(shown);
      find("missing").hidden = valueOf("alt").trim() !== "";
      find("point").textContent = `${valueOf("focal_x")}% · ${valueOf("focal_y")}%`;
      find("save").disabled = !draft;
      const list = find("errors");
      const errors = draft?.error ? [draft.error, ...Object.values(draft.errors ?? {}).flat()] : [];
      const element = (name, text) => Object.assign(document.createElement(name), { textContent: text });
      list.replaceChildren(...errors.map((text) => element("li", text)));
      list.hidden = !errors.length || Boolean(draft.theirs);
      fields.forEach((field) => field.toggleAttribute("aria-invalid", Boolean(draft?.errors?.[field.dataset.photosWord])));
      find("conflict").hidden = !draft?.theirs;
      if (find("conflict").hidden) return;
      const others = fields.filter(({ value, dataset }) => stored(photo, dataset.photosWord) !== value);
      find("theirs").replaceChildren(...others.flatMap((field) => [
        element("dt", labelOf(field)), element("dd", shownAs(photo, field.dataset.photosWord)),
      ]));
    }

    function typed() {
      const photo = photos.get(shown), draft = drafts.get(shown);
      const values = Object.fromEntries(fields.map((field) => [field.dataset.photosWord, field.value]));
      const differs = Object.keys(values).some((name) => values[name] !== stored(photo, name));
      if (differs || draft?.theirs) drafts.set(shown, { ...(draft ?? { seen: photo.stamp }), values, error: "" });
      else drafts.delete(shown);
      find("saved").textContent = "";
      say();
    }

    // Stores what was typed about one photo; tells whether nothing is left unstored.
    async function save(id) {
      const draft = drafts.get(id);
      if (!draft) return true;
      const sent = JSON.stringify(draft.values);
      try {
        const { photo } = await store.saveWords(id, { ...draft.values, seen: draft.seen });
        store.keep(photo);
        const now = drafts.get(id);
        // Words typed while the others were on their way stay a draft, on top of what is stored now.
        if (now && JSON.stringify(now.values) !== sent) Object.assign(now, { seen: photo.stamp, error: "", theirs: false });
        else drafts.delete(id);
        store.tell("changed", photo);
        document.dispatchEvent(new CustomEvent("photos:changed", { detail: photo }));
        if (id === shown) {
          (drafts.has(id) ? say : fill)();
          find("saved").textContent = gettext("Saved.");
        }
        return !drafts.has(id);
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        const { photo: theirs, errors = {} } = error.answer;
        if (theirs) store.keep(theirs);
        Object.assign(drafts.get(id), { error: error.message, errors, theirs: Boolean(theirs) });
        store.tell("unsaved", id);
        if (id === shown) say();
        return false;
      }
    }

    // Shows the words of a photo (null: of none); ``open`` brings them into view on a small screen.
    store.show = (id, open = false) => {
      if (id !== shown && shown !== null) save(shown);
      find("saved").textContent = "";
      shown = id;
      fill();
      store.tell("shown", { id, open });
    };
    // Stores everything; the first photo whose words were refused comes into view.
    store.saveAll = async () => {
      for (const id of [...drafts.keys()]) {
        if (!await save(id)) { store.show(id, true); return false; }
      }
      return true;
    };
    const press = (name, act) => find(name).addEventListener("click", act);
    press("save", () => save(shown));
    press("mine", () => { Object.assign(drafts.get(shown), { seen: photos.get(shown).stamp, theirs: false }); save(shown); });
    press("their", () => { drafts.delete(shown); store.tell("changed", photos.get(shown)); fill(); });
    fields.forEach((field) => field.addEventListener("input", typed));
    store.on("set up", fill);
    window.addEventListener("beforeunload", (event) => { if (drafts.size) event.preventDefault(); });
  }

  if (store) start();
}
