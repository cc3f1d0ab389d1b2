// Photos in the text: a figure that names a photo of the library and holds the caption it has in this story.
import { Node, crel } from "django-prose-editor/editor"
import { figureView } from "desk/editor-figures"
import { photoOf } from "desk/editor-library"

export { CAPTION_MARK, askForPhotos, captionOf } from "desk/editor-insert"

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
    // Without a default, so that nothing can make a photo of words that it does not know where to put.
    id: { parseHTML: (figure) => KEY.exec(figure.dataset.photo)?.[1], renderHTML: ({ id }) => ({ "data-photo": id }) },
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
