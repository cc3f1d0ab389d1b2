// Keys for the page of a story: Ctrl+S saves, Ctrl+Enter presses the main button; both stand under the buttons.
// Tab goes from the deck into the text, Shift+Tab from there to the text's tools.
"use strict";
{
  const story = document.querySelector("[data-writing]");
  const line = document.querySelector("[data-keys]");
  const mac = /Mac|iPhone|iPad/.test(navigator.platform);
  const named = (key) => (mac ? `⌘${key === "Enter" ? "↩" : key}` : `Ctrl+${key}`);

  function start(form) {
    const save = line.parentElement.querySelector("[name=_save]");
    const kinds = line.parentElement.querySelector(".verbs__kinds button");
    // Which kind of change it is, readers are told: a key only leads there, the person decides.
    const main = kinds ?? ["approve", "submit"].map((verb) => line.parentElement.querySelector(`[name=_verb][value=${verb}]`)).find(Boolean);
    const act = main && (kinds ? () => kinds.focus() : () => main.click());
    const words = kinds ? gettext("choose the kind of change") : main?.textContent.trim();

    document.addEventListener("keydown", (event) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey || event.isComposing) return;
      const press = event.code === "KeyS" ? () => save.click() : event.key === "Enter" ? act : null;
      // A dialog, and a form of another thing beside the story, have keys of their own.
      const foreign = document.querySelector("dialog[open]") || (event.target.form && event.target.form !== form);
      if (!press || (foreign && event.key === "Enter")) return;
      event.preventDefault();
      event.stopPropagation();
      if (!foreign && !event.repeat) press();
    }, { capture: true });

    document.querySelector("textarea.deck")?.addEventListener("keydown", (event) => {
      const text = story.querySelector(".field-body .ProseMirror");
      if (event.key !== "Tab" || event.shiftKey || event.ctrlKey || event.altKey || event.isComposing || !text) return;
      event.preventDefault();
      text.focus();
    });

    const part = (key, text) => [Object.assign(document.createElement("kbd"), { textContent: named(key) }), ` ${text}`];
    save.setAttribute("aria-keyshortcuts", mac ? "Meta+S" : "Control+S");
    main?.setAttribute("aria-keyshortcuts", mac ? "Meta+Enter" : "Control+Enter");
    line.replaceChildren(...part("S", save.textContent.trim()), ...(main ? [" · ", ...part("Enter", words)] : []));
    line.hidden = !window.matchMedia("(hover: hover)").matches;
  }

  if (story && line) start(story.closest("form"));
}
