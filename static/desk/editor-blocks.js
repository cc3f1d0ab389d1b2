// Blocks at the top level: which one holds the selection, moving it, and the keys of a figure's caption.
import { Extension, pm } from "django-prose-editor/editor"

const { NodeSelection, Plugin, Selection, TextSelection } = pm.state
const { Decoration, DecorationSet } = pm.view

const isFigure = (node) => ["photo", "video", "embed"].includes(node?.type.name)

// The block at the top level that holds the selection: {node, from}, or null between two figures.
export function blockAt({ doc, selection }) {
  const { $from } = selection
  const from = $from.depth ? $from.before(1) : $from.pos
  const node = doc.nodeAt(from)
  return node && { node, from }
}

// The same, but the photo of a gallery instead of the gallery around it.
export function pieceAt(state) {
  const here = blockAt(state)
  const { $from } = state.selection
  if (here?.node.type.name !== "gallery" || !$from.depth) return here
  const from = $from.depth > 1 ? $from.before(2) : $from.pos
  const node = state.doc.nodeAt(from)
  return isFigure(node) ? { node, from } : here
}

// Moves that piece over its neighbour, the selection with it; `step` is -1 or 1.
export function moveBlock(editor, step) {
  const { state, view } = editor
  const here = pieceAt(state)
  if (!here) return true
  const $here = state.doc.resolve(here.from)
  const neighbour = $here.parent.maybeChild($here.index() + step)
  if (!neighbour) return true
  const goal = here.from + step * neighbour.nodeSize
  const end = here.from + here.node.nodeSize
  const tr = step < 0
    ? state.tr.delete(here.from, end).insert(goal, here.node)
    : state.tr.insert(end + neighbour.nodeSize, here.node).delete(here.from, end)
  const { anchor, head } = state.selection
  const inside = Math.min(anchor, head) > here.from && Math.max(anchor, head) < end
  const shift = goal - here.from
  tr.setSelection(state.selection instanceof NodeSelection && state.selection.from === here.from
    ? NodeSelection.create(tr.doc, goal)
    : inside ? TextSelection.create(tr.doc, anchor + shift, head + shift) : Selection.near(tr.doc.resolve(goal + 1)))
  // One step back takes back the move alone.
  view.dispatch(pm.history.closeHistory(tr).scrollIntoView())
  return true
}

// Backspace at the start of a caption chooses the figure instead of joining it with what stands before.
function chooseFigure({ editor }) {
  const { $from, empty } = editor.state.selection
  return empty && isFigure($from.parent) && $from.parentOffset === 0 && editor.commands.setNodeSelection($from.before())
}

function leaveCaption({ editor }) {
  const { $from, node } = editor.state.selection
  if (isFigure(node) && $from.depth) return editor.commands.setTextSelection($from.pos + node.nodeSize - 1)
  if (!isFigure($from.parent)) return false
  const isInGallery = $from.depth > 1
  const isLast = $from.indexAfter(-1) === $from.node(-1).childCount
  if (isInGallery && !isLast) return editor.chain().setTextSelection($from.after() + 1).scrollIntoView().run()
  const after = isInGallery ? $from.after(1) : $from.after()
  const next = editor.state.doc.nodeAt(after)
  const chain = editor.chain()
  if (next?.type.name !== "paragraph" || next.childCount) chain.insertContentAt(after, { type: "paragraph" })
  return chain.setTextSelection(after + 1).scrollIntoView().run()
}

function toBar({ editor }) {
  const here = pieceAt(editor.state)
  if (!isFigure(here?.node) && here?.node.type.name !== "gallery") return false
  const bar = editor.view.nodeDOM(here.from).querySelector(".figure-bar, .gallery-bar")
  // What is not for photos of a gallery is not shown.
  const shown = [...bar.querySelectorAll("button")].find((button) => button.checkVisibility())
  shown.focus()
  return true
}

export const FigureKeys = Extension.create({
  name: "figureKeys",
  priority: 200,
  addKeyboardShortcuts: () => ({
    Backspace: chooseFigure,
    Enter: leaveCaption,
    Tab: toBar,
    // Browsers lose their way where something in the text is not editable.
    "Mod-Home": ({ editor }) => editor.commands.focus("start"),
    "Mod-End": ({ editor }) => editor.commands.focus("end"),
    "Alt-Shift-ArrowUp": ({ editor }) => moveBlock(editor, -1),
    "Alt-Shift-ArrowDown": ({ editor }) => moveBlock(editor, 1),
  }),
  addProseMirrorPlugins: () => [new Plugin({
    props: {
      decorations(state) {
        const here = pieceAt(state)
        if (!isFigure(here?.node)) return null
        return DecorationSet.create(state.doc, [Decoration.node(here.from, here.from + here.node.nodeSize, { class: "is-active" })])
      },
    },
  })],
})
