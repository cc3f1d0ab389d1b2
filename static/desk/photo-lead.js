// The lead photo of a story: its picture and buttons in the place of the plain field, which keeps the choice.
// A file that is dropped beside the text belongs to it, too; the browser would leave the page for it.
"use strict";
{
  const store = window.photoDialog;

  function make(name, options = {}, ...inside) {
    const made = Object.assign(document.createElement(name), options);
    made.append(...inside);
    return made;
  }

  function bind(box) {
    const select = box.querySelector("select");
    const caption = document.querySelector(`[name="${box.dataset.leadCaption}"]`);
    const view = make("div", { className: "lead-photo__view" });
    let shown = "";

    const button = (words, press) => {
      const made = make("button", { type: "button", className: "button", textContent: words });
      made.addEventListener("click", press);
      return made;
    };
    const choose = (files = []) => document.dispatchEvent(new CustomEvent("photos:open", {
      detail: { files, single: true, label: gettext("Take as the lead photo"), insert: ([photo]) => take(photo) },
    }));
    // The file chooser at once, without the library in between.
    const file = make("input", { type: "file", hidden: true, accept: "image/jpeg,image/png,image/webp,image/avif,image/tiff,image/gif" });
    file.addEventListener("change", () => { choose([...file.files]); file.value = ""; });
    const uploads = () => (store.dialog.dataset.upload ? [button(gettext("Upload a photo"), () => file.click())] : []);

    function take(photo) {
      shown = photo ? String(photo.id) : "";
      select.replaceChildren(new Option("", ""), ...(photo ? [new Option(photo.caption || `#${photo.id}`, photo.id, true, true)] : []));
      draw(photo);
      select.dispatchEvent(new Event("change", { bubbles: true }));
      select.dispatchEvent(new Event("input", { bubbles: true }));
      view.querySelector("button").focus();
    }

    function draw(photo) {
      if (caption) caption.placeholder = photo?.caption ?? "";
      if (!photo) {
        const hint = make("p", { className: "quiet", textContent: gettext("No lead photo. Choose one, or drop a file here.") });
        return view.replaceChildren(hint, make("p", { className: "lead-photo__buttons" }, button(gettext("Choose a photo"), () => choose()), ...uploads()));
      }
      const image = make("img", { src: photo.small, alt: photo.alt, width: photo.width, height: photo.height });
      const words = make("div", { className: "lead-photo__words" },
        make("p", { textContent: photo.caption || gettext("No caption") }),
        make("p", photo.alt ? { className: "quiet", textContent: photo.alt } : { className: "photos__missing", textContent: gettext("No alternative text") }),
        make("p", { className: "quiet", textContent: photo.credit }),
        ...(photo.note ? [make("p", { className: "photos__missing", textContent: photo.note })] : []),
        make("p", { className: "lead-photo__buttons" },
          button(gettext("Change the photo"), () => choose()), ...uploads(), button(gettext("Take the photo out"), () => take(null))));
      return view.replaceChildren(image, words);
    }

    // The field may be set by others, too: a form that is restored, another script.
    async function follow() {
      if (select.value === shown) return;
      shown = select.value;
      if (!shown) return draw(null);
      try {
        const { photos: [photo] } = await store.library({ ids: shown });
        if (photo && String(photo.id) === select.value) draw(store.keep(photo));
      } catch (error) {
        if (!(error instanceof store.Refused)) throw error;
        view.replaceChildren(make("p", { className: "quiet", textContent: error.message }), make("p", {}, button(gettext("Choose a photo"), () => choose())));
      }
    }

    box.append(view, file);
    box.classList.add("is-active");
    draw(null);
    follow();
    select.addEventListener("change", follow);
    document.addEventListener("photos:changed", ({ detail }) => { if (String(detail.id) === shown) draw(detail); });
    // The text and the dialog take their own files; a file field does, too.
    ["dragover", "dragleave", "drop"].forEach((kind) => document.addEventListener(kind, (event) => {
      const others = event.target.closest?.(".ProseMirror, dialog, input[type=file]");
      if (event.defaultPrevented || others || ![...event.dataTransfer.types].includes("Files")) return;
      event.preventDefault();
      view.classList.toggle("is-target", kind === "dragover");
      if (kind === "drop") choose([...event.dataTransfer.files]);
    }));
    const early = window.takeDropped?.() ?? [];
    if (early.length) choose(early);
    // A click on the field's label goes to the first button, as it would to the field.
    const label = document.querySelector(`label[for="${select.id}"]`);
    label?.addEventListener("click", (event) => { event.preventDefault(); view.querySelector("button")?.focus(); });
  }

  if (store) document.querySelectorAll("[data-lead-photo]").forEach(bind);
}
