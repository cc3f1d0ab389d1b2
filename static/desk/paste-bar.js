// The quiet bar under the editor: what a pasted text brought along, and where it can go.
import { crel } from "django-prose-editor/editor"
import { askForPhotos } from "desk/editor-photo"
import { chooseReporter, freeByline } from "desk/paste-byline"

const SENTENCES = {
  email: () => gettext("The text ends with a reporter's address:"),
  copyright: () => gettext("The text ends with a copyright line, which the page adds by itself:"),
  caption: () => gettext("The text holds words for a photo:"),
}

function press(words, work) {
  const made = crel("button", { type: "button", textContent: words })
  made.addEventListener("click", work)
  return made
}

// The photo comes in where the words stand, and they become its caption.
function photoFor(editor, { placeOf }) {
  const place = placeOf()
  if (!place) return
  editor.commands.setTextSelection(place.from + 1)
  askForPhotos(editor)
}

function buttonsFor(editor, offer, line) {
  const { kind, text, remove, keep } = offer
  const out = press(gettext("Take out of the text"), remove)
  const stay = press(gettext("Keep"), keep)
  if (kind === "caption" && editor.schema.nodes.photo) return [press(gettext("Choose its photo"), () => photoFor(editor, offer)), out, stay]
  if (kind !== "email" || !freeByline()) return [out, stay]
  const choose = press(gettext("Put into the byline"), async () => {
    choose.disabled = true
    const name = await chooseReporter(text)
    if (name) return remove()
    choose.remove()
    line.append(crel("span", { className: "offers__note", textContent: gettext("No reporter of this paper has this address.") }))
  })
  return [choose, out, stay]
}

export function offersBar(element, editor) {
  const bar = crel("ul", { className: "offers", "aria-live": "polite", "aria-label": gettext("Found in what was pasted") })
  element.append(bar)
  const lines = new Map()
  editor.view.dom.addEventListener("paste:offer", ({ detail }) => {
    const line = crel("li", {}, [
      crel("span", { textContent: SENTENCES[detail.kind]() }), " ", crel("q", { textContent: detail.text }),
    ])
    line.append(crel("div", { className: "offers__buttons" }, buttonsFor(editor, detail, line)))
    lines.set(detail.id, line)
    bar.append(line)
  })
  editor.view.dom.addEventListener("paste:gone", ({ detail }) => {
    const line = lines.get(detail.id)
    lines.delete(detail.id)
    const held = line?.contains(document.activeElement)
    line?.remove()
    if (held) editor.commands.focus()
  })
}
