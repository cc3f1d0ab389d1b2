// The view of a figure in the text: its picture or address, the caption, a bar of buttons.
import { crel, pm } from "django-prose-editor/editor"
import { moveBlock } from "desk/editor-blocks"

const { NodeSelection } = pm.state

export function pressable(words, press, pressed) {
  const made = crel("button", { type: "button", textContent: words })
  if (pressed !== undefined) made.setAttribute("aria-pressed", String(pressed))
  // The selection stays where it is.
  made.addEventListener("mousedown", (event) => event.preventDefault())
  made.addEventListener("click", press)
  return made
}

// The view of a figure: `face.dom` (picture or address), the caption, a bar of buttons. `face.update(node)`
// shows a node, `face.choices(node)` names more buttons as [words, attributes, pressed], `face.hint(node)`
// what stands in an empty caption.
export function figureView({ node, editor, getPos }, face) {
  let shown = node
  const { view } = editor
  const caption = crel("figcaption")
  const bar = crel("div", { className: "figure-bar", contentEditable: "false", role: "group", "aria-label": gettext("Tools of the figure") })
  const dom = crel("figure", {}, [face.dom, caption, bar])
  face.dom.contentEditable = "false"
  face.dom.draggable = true
  const select = () => view.dispatch(view.state.tr.setSelection(NodeSelection.create(view.state.doc, getPos())))
  const act = (work) => () => { select(); work(); view.focus() }
  for (const name of ["mousedown", "click", "dragstart"]) face.dom.addEventListener(name, select)
  face.dom.addEventListener("click", () => view.focus())
  bar.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return
    event.preventDefault()
    view.focus()
  })

  function refresh() {
    Object.assign(dom.dataset, { kind: shown.type.name, width: shown.attrs.width ?? "" })
    face.update(shown)
    caption.classList.toggle("is-empty", !shown.childCount)
    caption.dataset.hint = face.hint(shown)
    const focused = [...bar.children].indexOf(document.activeElement)
    bar.replaceChildren(
      ...(face.choices?.(shown) ?? []).map(([words, attributes, pressed]) => pressable(words, act(() =>
        view.dispatch(pm.history.closeHistory(view.state.tr.setNodeMarkup(getPos(), null, { ...shown.attrs, ...attributes })))), pressed)),
      pressable(gettext("Move up"), act(() => moveBlock(editor, -1))),
      pressable(gettext("Move down"), act(() => moveBlock(editor, 1))),
      pressable(gettext("Take out"), act(() => view.dispatch(pm.history.closeHistory(view.state.tr.deleteSelection())))),
    )
    bar.children[focused]?.focus()
  }

  refresh()
  return {
    dom,
    contentDOM: caption,
    refresh,
    update(next) {
      if (next.type !== shown.type) return false
      shown = next
      refresh()
      return true
    },
    // The library would make the whole figure draggable; words of the caption could not be chosen then.
    selectNode: () => dom.classList.add("ProseMirror-selectednode"),
    deselectNode: () => dom.classList.remove("ProseMirror-selectednode"),
    stopEvent: ({ type, target }) => bar.contains(target)
      || (type === "mousedown" && caption.contains(target) && dom.classList.contains("ProseMirror-selectednode")),
    ignoreMutation: (change) => change.type !== "selection" && (change.target === caption ? change.type === "attributes" : !caption.contains(change.target)),
    destroy: () => face.destroy?.(),
  }
}
