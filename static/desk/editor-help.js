// The list of keys that the editor knows.
import { crel } from "django-prose-editor/editor"

const isMac = /Mac|iPhone|iPad/.test(navigator.platform)
const KEYS = () => [
  [gettext("Text"), [
    ["Mod+B", gettext("Bold")], ["Mod+I", gettext("Emphasis")], ["Mod+,", gettext("Subscript")], ["Mod+.", gettext("Superscript")],
    ["Mod+K", gettext("Link")], ["Mod+Alt+2", gettext("Subhead")], ["Mod+Alt+3", gettext("Small subhead")],
    ["Mod+Alt+0", gettext("Paragraph")], ["Mod+Shift+B", gettext("Quotation")], ["Mod+Shift+8", gettext("List")],
    ["Mod+Shift+7", gettext("Numbered list")], ["Shift+Enter", gettext("New line in the same paragraph")],
  ]],
  [gettext("Ways"), [
    ["Mod+Z", gettext("Undo")], ["Mod+Shift+Z", gettext("Redo")], ["Mod+F", gettext("Find")], ["Mod+H", gettext("Find and replace")],
    ["Alt+Shift+↑ ↓", gettext("Move the paragraph or the photo up or down")],
    ["Mod+Shift+G", gettext("Join photos that touch each other as a gallery; take a gallery apart")],
    ["Mod+Shift+V", gettext("Paste the words alone")], ["Alt+F10", gettext("To the buttons above the text")],
    ["Esc", gettext("Back to the text")], ["Mod+/", gettext("This list")],
  ]],
  [gettext("In the caption of a photo"), [
    ["Tab", gettext("To the buttons of the photo")], ["Enter", gettext("Write on below it, or in the caption of the next photo of the gallery")],
    ["Backspace", gettext("At the beginning: choose the photo; once more: take it out")],
  ]],
]

const shown = (keys) => (isMac ? keys.replaceAll("Mod", "⌘").replaceAll("Alt", "⌥").replaceAll("Shift", "⇧") : keys.replaceAll("Mod", "Ctrl"))

function list([title, rows]) {
  const lines = rows.flatMap(([keys, words]) => [crel("dt", {}, [crel("kbd", { textContent: shown(keys) })]), crel("dd", { textContent: words })])
  return [crel("h3", { textContent: title }), crel("dl", {}, lines)]
}

export function openHelp(editor) {
  const close = crel("button", { type: "button", textContent: gettext("Close") })
  const dialog = crel("dialog", { className: "editor-help", "aria-label": gettext("Keys of the editor") }, [
    crel("h2", { textContent: gettext("Keys of the editor") }), ...KEYS().flatMap(list), close,
  ])
  close.addEventListener("click", () => dialog.close())
  dialog.addEventListener("close", () => {
    dialog.remove()
    editor.view.focus()
  })
  document.body.append(dialog)
  dialog.showModal()
  // The button at the end takes the focus, and the list would begin there.
  dialog.scrollTop = 0
  return true
}
