// Galleries: for readers one photo at a time, in the editor all of them side by side.
import { Node, crel, pm } from "django-prose-editor/editor"
import { moveBlock } from "desk/editor-blocks"
import { pressable } from "desk/editor-figures"
import { Whole, isGallery, toggleGallery } from "desk/editor-gallery-joined"
import { Words } from "desk/editor-gallery-words"
import { askForPhotos } from "desk/editor-insert"

const { NodeSelection } = pm.state

function galleryView({ node, editor, getPos }) {
  const { view } = editor
  const count = crel("span", { className: "gallery-count" })
  const photos = crel("div", { className: "gallery-photos" })
  const select = () => view.dispatch(view.state.tr.setSelection(NodeSelection.create(view.state.doc, getPos())))
  const act = (work) => () => { select(); work(); view.focus() }
  const bar = crel("div", { className: "gallery-bar", contentEditable: "false", role: "group", "aria-label": gettext("Tools of the gallery") }, [
    count,
    pressable(gettext("Add photos"), act(() => askForPhotos(editor))),
    pressable(gettext("Move up"), act(() => moveBlock(editor, -1))),
    pressable(gettext("Move down"), act(() => moveBlock(editor, 1))),
    pressable(gettext("Take apart"), act(() => editor.commands.toggleGallery())),
    pressable(gettext("Take out"), act(() => view.dispatch(pm.history.closeHistory(view.state.tr.deleteSelection())))),
  ])
  const dom = crel("div", { className: "gallery-box", role: "group", "aria-label": gettext("Gallery") }, [bar, photos])
  count.addEventListener("click", act(() => {}))
  bar.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return
    event.preventDefault()
    view.focus()
  })
  const show = ({ childCount }) => {
    count.textContent = interpolate(ngettext("Gallery of %s photo", "Gallery of %s photos", childCount), [childCount])
  }
  show(node)
  return {
    dom,
    contentDOM: photos,
    update(next) {
      if (!isGallery(next)) return false
      show(next)
      return true
    },
    selectNode: () => dom.classList.add("ProseMirror-selectednode"),
    deselectNode: () => dom.classList.remove("ProseMirror-selectednode"),
    stopEvent: ({ target }) => bar.contains(target),
    ignoreMutation: ({ type, target }) => type !== "selection" && (target === photos ? type === "attributes" : !photos.contains(target)),
  }
}

export const Gallery = Node.create({
  name: "gallery",
  group: "top",
  content: "photo*",
  isolating: true,
  defining: true,
  parseHTML: () => [{ tag: 'aside[data-kind="gallery"]' }],
  renderHTML: () => ["aside", { "data-kind": "gallery" }, 0],
  addNodeView: () => galleryView,
  addCommands: () => ({ toggleGallery: () => toggleGallery }),
  addKeyboardShortcuts: () => ({ "Mod-Shift-g": ({ editor }) => editor.commands.toggleGallery() || true }),
  addProseMirrorPlugins: () => [Whole, Words],
})
