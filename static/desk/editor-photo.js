// Photos in the text: a figure that names a photo of the library and holds the caption it has in this story.
import { Node, crel, pm } from "django-prose-editor/editor"
import { blockAt } from "desk/editor-blocks"
import { figureView } from "desk/editor-figures"
import { photoOf, remember } from "desk/editor-library"

export const CAPTION_MARK = /^\s*[▲△]\s*/
const KEY = /^0*([1-9]\d{0,17})$/
const WIDTHS = () => [[gettext("Text width"), null], [gettext("Wide"), "wide"], [gettext("Small"), "small"]]

function photoFace(library) {
  const image = crel("img", { alt: "" })
  const missing = crel("span", { className: "figure-missing" })
  const dom = crel("div", { className: "figure-face" }, [missing])
  let photo = null
  let id = null

  function show(found) {
    photo = found
    if (found) {
      Object.assign(image, { src: found.url, width: found.width, height: found.height, alt: found.alt ?? "" })
      dom.replaceChildren(image)
    } else {
      missing.textContent = interpolate(gettext("Photo %s"), [id])
      dom.replaceChildren(missing)
    }
    face.changed?.()
  }

  const hear = ({ detail }) => { if (String(detail.id) === id) show(detail) }
  document.addEventListener("photos:known", hear)
  const face = {
    dom,
    update(node) {
      if (node.attrs.id === id) return
      id = node.attrs.id
      show(null)
      photoOf(library, id).then((found) => { if (found) show(found) })
    },
    choices: ({ attrs }) => WIDTHS().map(([words, width]) => [words, { width }, attrs.width === width]),
    hint: () => photo?.caption || gettext("Caption"),
    destroy: () => document.removeEventListener("photos:known", hear),
  }
  return face
}

export const Photo = Node.create({
  name: "photo",
  group: "top",
  content: "text*",
  isolating: true,
  defining: true,
  addOptions: () => ({ library: "" }),
  addAttributes: () => ({
    id: { default: null, parseHTML: (figure) => KEY.exec(figure.dataset.photo)?.[1], renderHTML: ({ id }) => ({ "data-photo": id }) },
    width: {
      default: null,
      parseHTML: (figure) => ["wide", "small"].find((width) => width === figure.dataset.width) ?? null,
      renderHTML: ({ width }) => (width ? { "data-width": width } : {}),
    },
  }),
  parseHTML: () => [{
    tag: "figure[data-photo]",
    getAttrs: (figure) => (KEY.test(figure.dataset.photo) ? null : false),
    contentElement: (figure) => figure.querySelector("figcaption") ?? document.createElement("figcaption"),
  }],
  renderHTML: ({ node, HTMLAttributes }) => ["figure", HTMLAttributes, ...(node.childCount ? [["figcaption", 0]] : [])],
  addNodeView() {
    return (given) => {
      const face = photoFace(this.options.library)
      const view = figureView(given, face)
      face.changed = view.refresh
      return view
    }
  },
})

// Asks for photos; what is chosen comes in where the selection is, or by `insert` where the caller wants it.
export function askForPhotos(editor, { files = [], insert = (photos) => insertPhotos(editor, photos) } = {}) {
  document.dispatchEvent(new CustomEvent("photos:open", { detail: { files, insert } }))
}

// The place where figures go: in the place of an empty paragraph, before one in whose beginning the caret
// stands, else after the block. A paragraph there that begins with ▲ becomes the caption of the first.
function placeFor(state) {
  const here = blockAt(state)
  if (!here) return { from: state.selection.from, to: state.selection.from }
  const { from, node } = here
  const end = from + node.nodeSize
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

export function insertPhotos(editor, photos, place = placeFor(editor.state)) {
  if (!photos.length) return
  photos.forEach(remember)
  const { state, view } = editor
  const { photo } = state.schema.nodes
  const nodes = photos.map(({ id }, number) => photo.create({ id: String(id) }, number ? null : place.caption))
  const tr = state.tr.replaceWith(place.from, place.to, nodes)
  view.dispatch(pm.history.closeHistory(tr))
  const end = nodes.reduce((at, node) => at + node.nodeSize, place.from)
  editor.chain().setTextSelection(Math.min(end + 1, view.state.doc.content.size)).focus().scrollIntoView().run()
}
