// Videos and maps: a figure that names an address of a host that may be framed; readers load it by a click.
import { Node, crel, updateAttrsDialog } from "django-prose-editor/editor"
import { blockAt } from "desk/editor-blocks"
import { addressIn, serviceOf, shownAddress } from "desk/editor-embeds"
import { figureView } from "desk/editor-figures"

function embedFace() {
  const service = crel("strong")
  const address = crel("span")
  return {
    dom: crel("div", { className: "figure-face figure-face--embed" }, [service, address]),
    update({ attrs }) {
      service.textContent = serviceOf(attrs.address)
      address.textContent = attrs.address
    },
    hint: () => gettext("Caption"),
  }
}

export const Embed = Node.create({
  name: "embed",
  group: "top",
  content: "text*",
  isolating: true,
  defining: true,
  addAttributes: () => ({
    address: {
      default: null,
      parseHTML: (figure) => shownAddress(addressIn(figure.dataset.embed)),
      renderHTML: ({ address }) => ({ "data-embed": address }),
    },
  }),
  parseHTML: () => [{
    tag: "figure[data-embed]",
    getAttrs: (figure) => (shownAddress(addressIn(figure.dataset.embed)) ? null : false),
    contentElement: (figure) => figure.querySelector("figcaption") ?? document.createElement("figcaption"),
  }],
  renderHTML: ({ node, HTMLAttributes }) => ["figure", HTMLAttributes, ...(node.childCount ? [["figcaption", 0]] : [])],
  addNodeView: () => (given) => figureView(given, embedFace()),
  addCommands: () => ({
    // Puts in the figure, or a link where the page cannot be shown; false for what is no address.
    insertEmbed: (typed) => ({ editor, state, chain }) => {
      const url = addressIn(typed)
      if (!url) return false
      const here = blockAt(state)
      const end = here ? here.from + here.node.nodeSize : state.selection.from
      const isEmpty = here?.node.type.name === "paragraph" && !here.node.childCount
      const from = isEmpty ? here.from : end
      const address = shownAddress(url)
      if (!address) editor.emit("said", gettext("This page cannot be shown in the text, so its address stands there as a link."))
      const link = { type: "text", text: url.href, marks: [{ type: "link", attrs: { href: url.href } }] }
      return chain()
        .insertContentAt({ from, to: end }, address ? { type: "embed", attrs: { address } } : { type: "paragraph", content: [link] })
        .run()
    },
  }),
})

export function askForEmbed(editor) {
  const properties = { address: { type: "string", title: gettext("Address of the video or map"), required: true } }
  updateAttrsDialog(properties, { title: gettext("Video or map"), submitText: gettext("Insert") })(editor, {}).then((answer) => {
    if (!answer) return
    if (!editor.chain().insertEmbed(answer.address).focus().run()) {
      editor.emit("said", gettext("This is no address of a page. Copy it from the browser's address line."))
    }
  })
}
