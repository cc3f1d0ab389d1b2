// Runs before the page is shown: a file that is dropped before the other scripts are there does not take the page
// away; it waits for photo-lead.js.
"use strict";
{
  const KINDS = ["dragover", "drop"];
  const held = [];
  const hold = (event) => {
    if (event.defaultPrevented || event.target.closest?.("input[type=file]") || ![...event.dataTransfer.types].includes("Files")) return;
    event.preventDefault();
    if (event.type === "drop") held.push(...event.dataTransfer.files);
  };
  KINDS.forEach((kind) => document.addEventListener(kind, hold));

  // Returns the files that were dropped so far and leaves those that follow to the caller.
  window.takeDropped = () => {
    KINDS.forEach((kind) => document.removeEventListener(kind, hold));
    return held.splice(0);
  };
}
