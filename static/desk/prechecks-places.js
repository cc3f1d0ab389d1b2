// Checks before publication: jumps to the place of a finding, and puts an offered text under the story's.
"use strict";
{
  function surface() {
    return document.querySelector(".field-body .ProseMirror") ?? document.querySelector(".reading .text");
  }

  // The quoted words in the text below `root`, as a range; null where they are not found.
  function rangeOf(root, quote) {
    const words = quote.replace(/….*$/u, "").trim();
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    const nodes = [];
    let text = "";
    while (walker.nextNode()) {
      nodes.push([text.length, walker.currentNode]);
      text += walker.currentNode.data;
    }
    const at = words ? text.indexOf(words) : -1;
    if (at < 0) return null;
    const place = (position) => nodes.findLast(([start]) => start <= position);
    const [first, start] = place(at);
    const [last, end] = place(at + words.length - 1);
    const range = document.createRange();
    range.setStart(start, at - first);
    range.setEnd(end, at + words.length - last);
    return range;
  }

  function unfold(element) {
    for (let fold = element.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  }

  function jumpToText(link) {
    const text = surface();
    if (!text) return false;
    const block = text.children[Number(link.dataset.block ?? 0)] ?? text;
    unfold(text);
    block.scrollIntoView({ block: "center" });
    if (text.isContentEditable) text.focus({ preventScroll: true });
    const range = rangeOf(block, link.dataset.quote ?? "") ?? document.createRange();
    if (range.collapsed) range.selectNodeContents(block);
    window.getSelection().removeAllRanges();
    window.getSelection().addRange(range);
    return true;
  }

  function jump(event) {
    const link = event.target.closest("[data-jump]");
    if (!link) return;
    if (link.dataset.jump === "body" && jumpToText(link)) {
      event.preventDefault();
      return;
    }
    const id = link.getAttribute("href").slice(1);
    const target = document.getElementById(id) ?? document.querySelector(`.field-${link.dataset.jump}`);
    if (!target) return;
    event.preventDefault();
    unfold(target);
    target.scrollIntoView({ block: "center" });
    const focusable = "input:not([type=hidden]), select, textarea, button, a[href], [tabindex]";
    (target.matches(focusable) ? target : target.querySelector(focusable))?.focus({ preventScroll: true });
  }

  function insert(button) {
    const text = surface();
    const words = button.dataset.insert;
    if (text?.editor) {
      const end = text.editor.state.doc.content.size;
      const paragraph = { type: "paragraph", content: [{ type: "text", text: words }] };
      text.editor.chain().insertContentAt(end, paragraph).focus("end").run();
    } else {
      const area = document.getElementById("id_body");
      area.value += `\n${words}`;
      area.dispatchEvent(new Event("input", { bubbles: true }));
      area.focus();
    }
    button.disabled = true;
  }

  document.querySelector("[data-prechecks]")?.addEventListener("click", (event) => {
    jump(event);
    const button = event.target.closest("[data-insert]");
    if (button) insert(button);
  });
}
