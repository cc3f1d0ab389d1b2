// Photos come into the text: where the caret stands, behind a paragraph, into a gallery.
import { pm } from "django-prose-editor/editor"
import { blockAt, pieceAt } from "desk/editor-blocks"
import { isGalleryWished, offerGallery } from "desk/editor-gallery-offer"
import { remember } from "desk/editor-library"

export const CAPTION_MARK = /^\s*[▲△]\s*/

// Asks for photos; what is chosen comes in where the selection is, several as a gallery where that was wished.
export function askForPhotos(editor, { files = [] } = {}) {
  offerGallery(editor.schema.nodes.gallery && blockAt(editor.state)?.node.type.name !== "gallery")
  const insert = (photos) => insertPhotos(editor, photos, { asGallery: isGalleryWished() })
  document.dispatchEvent(new CustomEvent("photos:open", { detail: { files, insert } }))
}

// The place where figures go: in the place of an empty paragraph, before one in whose beginning the caret
// stands, behind the photo of a gallery that is chosen, else after the block. A paragraph there that begins with
// ▲ becomes the caption of the first.
function placeFor(state) {
  const here = blockAt(state)
  if (!here) return { from: state.selection.from, to: state.selection.from }
  const { from, node } = here
  const end = from + node.nodeSize
  if (node.type.name === "gallery") {
    const piece = pieceAt(state)
    const place = piece && piece.from > from ? piece.from + piece.node.nodeSize : end - 1
    return { from: place, to: place }
  }
  const isParagraph = node.type.name === "paragraph"
  if (isParagraph && CAPTION_MARK.test(node.textContent)) return { from, to: end, caption: captionOf(node) }
  const next = state.doc.nodeAt(end)
  const caption = next?.type.name === "paragraph" && CAPTION_MARK.test(next.textContent) ? captionOf(next) : null
  const to = end + (caption ? next.nodeSize : 0)
  if (isParagraph && !node.childCount) return { from, to, caption }
  const atStart = isParagraph && state.selection.empty && state.selection.$from.parentOffset === 0
  return atStart ? { from, to: from } : { from: end, to, caption }
}

// The words of a caption typed or pasted as a paragraph, without its mark; a line break is a space.
export function captionOf({ content, textContent, type: { schema } }) {
  const words = []
  content.cut(CAPTION_MARK.exec(textContent)[0].length).forEach((part) => words.push(part.isText ? part : schema.text(" ")))
  return pm.model.Fragment.fromArray(words)
}

function insertPhotos(editor, photos, { asGallery }) {
  if (!photos.length) return
  photos.forEach(remember)
  const { state, view } = editor
  const { photo, gallery } = state.schema.nodes
  const place = placeFor(state)
  const figures = photos.map(({ id }, number) => photo.create({ id: String(id) }, number ? null : place.caption))
  const nodes = asGallery && figures.length > 1 ? [gallery.create(null, figures)] : figures
  const tr = state.tr.replaceWith(place.from, place.to, nodes)
  view.dispatch(pm.history.closeHistory(tr))
  const end = nodes.reduce((at, node) => at + node.nodeSize, place.from)
  editor.chain().setTextSelection(Math.min(end + 1, view.state.doc.content.size)).focus().scrollIntoView().run()
}
