// The photo dialog: opened from anywhere by «photos:open» with { files, insert(photos), single, label },
// it never leaves the page; «label» names the button when it is not «Insert».
"use strict";
{
  const store = window.photoDialog;

  function start() {
    const { dialog, find, photos } = store;
    const state = find("state"), insert = find("insert");
    const name = insert.textContent;
    let give = null, leaving = false;

    const isFiles = (data) => [...(data?.types ?? [])].includes("Files");
    const view = (name) => { dialog.dataset.view = name; };

    function upload(files) {
      if (!files.length) return;
      if (store.upload) store.upload(files);
      else state.textContent = gettext("You may not upload photos.");
    }

    function open({ files = [], insert: callback, single = false, label = name } = {}) {
      give = callback;
      insert.textContent = label;
      Object.assign(store, { chosen: [], single });
      find("grid").setAttribute("aria-multiselectable", !single);
      view("grid");
      store.show(null);
      store.tell("chosen", null);
      if (!dialog.open) dialog.showModal();
      store.tell("open");
      upload(files);
    }

    // Unsaved words are stored first; where that fails the dialog stays, and a second try leaves them as a draft.
    async function close() {
      if (leaving || !store.drafts.size) return dialog.close();
      leaving = true;
      if (await store.saveAll()) dialog.close();
      return undefined;
    }

    async function done() {
      if (insert.disabled || store.waits()) return;
      insert.disabled = true;
      const saved = await store.saveAll();
      insert.disabled = !store.chosen.length;
      if (!saved || insert.disabled) return;
      const chosen = store.chosen.map((id) => photos.get(id));
      dialog.close();
      give?.(chosen);
    }

    document.addEventListener("photos:open", ({ detail }) => open(detail ?? {}));
    dialog.addEventListener("cancel", (event) => {
      // A file chooser that was left says «cancel», too.
      if (event.target !== dialog) return;
      event.preventDefault();
      close();
    });
    ["close", "input"].forEach((kind) => dialog.addEventListener(kind, () => { leaving = false; }));
    find("close").addEventListener("click", close);
    find("back").addEventListener("click", () => view("grid"));
    insert.addEventListener("click", done);
    // Where one photo is wanted, Enter in a line of its words is the last step.
    const isLast = ({ target }) => store.single && target.matches("input[type=text][data-photos-word]");
    dialog.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.isComposing) return;
      if (event.ctrlKey || event.metaKey || isLast(event)) done();
    });
    dialog.addEventListener("paste", (event) => {
      if (!event.clipboardData?.files.length) return;
      event.preventDefault();
      upload(event.clipboardData.files);
    });
    ["dragover", "dragleave", "drop"].forEach((kind) => dialog.addEventListener(kind, (event) => {
      if (!isFiles(event.dataTransfer)) return;
      event.preventDefault();
      dialog.classList.toggle("is-target", kind === "dragover");
      if (kind === "drop") upload(event.dataTransfer.files);
    }));
    dialog.querySelectorAll("[data-photos-files]").forEach((field) => field.addEventListener("change", () => {
      upload([...field.files]);
      field.value = "";
    }));

    // The list of photos is shown anew once photos were uploaded or described from it.
    document.querySelector("[data-photos-open]")?.addEventListener("click", (event) => {
      event.preventDefault();
      open({ insert: () => window.location.reload(), label: gettext("Done") });
    });
    store.on("insert", done);
    store.on("shown", ({ id, open: asked }) => { if (asked || id === null) view(id === null ? "grid" : "words"); });
  }

  if (store) start();
}
