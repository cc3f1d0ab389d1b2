// What the editor for texts needs besides its library: names for the buttons, one stop for Tab.

const NAMES = {
  heading2: gettext("Subhead"),
  heading3: gettext("Small subhead"),
  paragraph: gettext("Paragraph"),
  bold: gettext("Bold"),
  italic: gettext("Emphasis"),
  subscript: gettext("Subscript"),
  superscript: gettext("Superscript"),
  blockquote: gettext("Quotation"),
  horizontalRule: gettext("Line"),
  bulletList: gettext("List"),
  orderedList: gettext("Numbered list"),
  link: gettext("Link"),
  unlink: gettext("Remove link"),
  table: gettext("Table"),
  "table:addColumnAfter": gettext("Add column"),
  "table:deleteColumn": gettext("Delete column"),
  "table:addRowAfter": gettext("Add row"),
  "table:deleteRow": gettext("Delete row"),
  "table:mergeCells": gettext("Merge cells"),
  "table:splitCell": gettext("Split cell"),
  "table:toggleHeaderCell": gettext("Heading cell"),
  "table:deleteTable": gettext("Delete table"),
  "history:undo": gettext("Undo"),
  "history:redo": gettext("Redo"),
  photo: gettext("Put in a photo"),
  gallery: gettext("Gallery: join photos that touch each other, or take their gallery apart"),
  video: gettext("Put in an uploaded video"),
  embed: gettext("Put in a video or a map"),
  pull: gettext("Pull quote: words from the text, set large"),
  source: gettext("Source box: facts beside the text"),
  find: gettext("Find and replace"),
  help: gettext("Keys of the editor"),
}

const buttonsOf = (bar) => [...bar.querySelectorAll("button[data-name]")]

export function nameButtons(bar) {
  buttonsOf(bar).forEach((button) => {
    const name = NAMES[button.dataset.name] ?? button.title
    button.title = name
    button.setAttribute("aria-label", name)
  })
}

// One stop for Tab on the way to the text; arrows go from button to button (WAI-ARIA toolbar).
export function toolbar(bar, editor) {
  bar.setAttribute("role", "toolbar")
  bar.setAttribute("aria-label", gettext("Text tools"))
  const shown = () => buttonsOf(bar).filter((button) => !button.classList.contains("hidden"))
  const stop = (chosen) => buttonsOf(bar).forEach((button) => { button.tabIndex = button === chosen ? 0 : -1 })
  stop(shown()[0])
  bar.addEventListener("keydown", (event) => {
    if (event.key === "Escape") editor.view.focus()
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
    const all = shown()
    const here = all.indexOf(document.activeElement)
    if (!step || here < 0) return
    event.preventDefault()
    const next = all[(here + step + all.length) % all.length]
    stop(next)
    next.focus()
  })
  const press = () => buttonsOf(bar).forEach((button) => {
    button.setAttribute("aria-pressed", String(button.classList.contains("active")))
    button.setAttribute("aria-disabled", String(button.classList.contains("disabled")))
  })
  editor.on("transaction", press)
  press()
}
