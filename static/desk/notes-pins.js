// Notes pinned to words of the text: chosen in the editor, and shown there when asked. The editor's own
// content is never touched: the mark is a highlight of the browser, and a bar beside the text.
"use strict";
{
  const section = document.querySelector("[data-notes]");
  const LONGEST = 200;
  // The editor, or the text of a person who reads only.
  const text = () => document.querySelector(".ProseMirror[contenteditable]") || document.querySelector(".reading .text");
  const squeezed = (words) => words.replace(/[\u200b\ufeff]/g, "").replace(/\s+/g, " ").trim();
  const blocks = (root) => [...root.children].filter((block) =>
    !block.matches(".ProseMirror-gapcursor, .ProseMirror-widget, .prosemirror-dropcursor-block"));

  // The words chosen last, with the number of the block they begin in.
  function chosen() {
    const root = text();
    const choice = document.getSelection();
    if (!root || !choice.rangeCount || choice.isCollapsed) return null;
    const range = choice.getRangeAt(0);
    if (!root.contains(range.commonAncestorContainer)) return null;
    const place = blocks(root).findIndex((block) => range.intersectsNode(block));
    if (place < 0) return null;
    const part = range.cloneRange();
    const block = blocks(root)[place];
    if (!block.contains(part.endContainer)) part.setEnd(block, block.childNodes.length);
    const quote = squeezed(part.toString()).slice(0, LONGEST).trim();
    return quote ? { quote, number: place + 1 } : null;
  }

  // The range of a quote inside a block; white space may differ.
  function rangeOf(block, quote) {
    const letters = [];
    const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      [...node.data].reduce((at, letter) => {
        if (letter.trim()) letters.push({ letter, node, at, end: at + letter.length });
        return at + letter.length;
      }, 0);
    }
    const wanted = [...quote.replace(/\s/g, "")];
    const start = letters.findIndex((_, from) => wanted.every((letter, step) => letters[from + step]?.letter === letter));
    if (start < 0 || !wanted.length) return null;
    const range = document.createRange();
    range.setStart(letters[start].node, letters[start].at);
    const last = letters[start + wanted.length - 1];
    range.setEnd(last.node, last.end);
    return range;
  }

  function find(quote, number) {
    const rows = blocks(text()).map((block, place) => ({ block, far: Math.abs(place + 1 - number) }));
    rows.sort((one, other) => one.far - other.far);
    for (const { block } of rows) {
      const range = rangeOf(block, quote);
      if (range) return { block, range };
    }
    const block = number ? blocks(text())[number - 1] : null;
    return block ? { block, range: null } : null;
  }

  function bar(block) {
    const frame = text().parentElement;
    let mark = frame.querySelector(":scope > .notes-bar");
    if (!mark) {
      mark = document.createElement("span");
      mark.className = "notes-bar";
      mark.setAttribute("aria-hidden", "true");
      frame.append(mark);
    }
    frame.classList.add("notes-frame");
    const outer = frame.getBoundingClientRect();
    const inner = block.getBoundingClientRect();
    mark.style.top = `${inner.top - outer.top}px`;
    mark.style.height = `${inner.height}px`;
  }

  function show(button) {
    if (!text()) return;
    const found = find(squeezed(button.textContent), Number(button.dataset.number));
    if (!found) return;
    if (window.Highlight) {
      CSS.highlights.set("note", new Highlight(...(found.range ? [found.range] : [])));
    }
    bar(found.block);
    const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    found.block.scrollIntoView({ block: "center", behavior: still ? "auto" : "smooth" });
  }

  function equip() {
    const take = section.querySelector("[data-notes-take]");
    const pin = section.querySelector("[data-notes-pin]");
    const quote = section.querySelector("[data-notes-quote]");
    const paragraph = section.querySelector("[data-notes-paragraph]");
    let last = null;
    const set = (words) => {
      quote.value = words ? words.quote : "";
      paragraph.value = words ? words.number : "";
      pin.querySelector("q").textContent = quote.value;
      pin.hidden = !words;
    };
    // A phone takes the selection away before the button is reached: the last one counts.
    document.addEventListener("selectionchange", () => {
      const words = chosen();
      if (words) last = words;
      take.hidden = !last;
    });
    take.addEventListener("mousedown", (event) => event.preventDefault());
    take.addEventListener("click", () => {
      set(last);
      section.querySelector("[data-notes-text]").focus();
    });
    section.querySelector("[data-notes-unpin]").addEventListener("click", () => set(null));
    section.addEventListener("notes:posted", () => set(null));
    section.addEventListener("click", (event) => {
      const button = event.target.closest("[data-notes-find]");
      if (button) show(button);
    });
  }

  if (section) equip();
}
