// What the text may hold: the schema of articles/html.py in the browser.
import {
  Blockquote, Bold, BulletList, Document, Dropcursor, Gapcursor, HardBreak, Heading, History, HorizontalRule,
  Italic, Link, ListItem, Node, OrderedList, Paragraph, Subscript, Superscript, Table, TableCell, TableHeader,
  TableRow, Text, TrailingNode, crel, updateAttrsDialog,
} from "django-prose-editor/editor"
import { FigureKeys } from "desk/editor-blocks"
import { Embed } from "desk/editor-embed"
import { Gallery } from "desk/editor-gallery"
import { Photo } from "desk/editor-photo"
import { Video } from "desk/editor-video"

// Figures and boxes stand at the top level only, never in a quotation, a list or a table.
const Story = Document.extend({ content: "(block | top)+" })

// Asks for the address alone; what the library asks besides is not stored.
const StoryLink = Link.extend({
  addCommands() {
    return {
      ...this.parent?.(),
      addLink: () => ({ editor }) => {
        const { href = "" } = editor.getAttributes("link")
        const ask = updateAttrsDialog({ href: { type: "string", title: gettext("Address") } }, { title: gettext("Link") })
        ask(editor, { href }).then((answer) => {
          const chain = editor.chain().focus().extendMarkRange("link")
          if (answer?.href && !href && editor.state.selection.empty) {
            chain.insertContent({ type: "text", text: answer.href, marks: [{ type: "link", attrs: { href: answer.href } }] }).run()
          } else if (answer?.href) chain.setLink({ href: answer.href }).run()
          else if (answer) chain.unsetLink().run()
        })
      },
    }
  },
  addAttributes() {
    return { ...this.parent?.(), lang: { default: null } }
  },
})

// Without the widths that the library writes as styles.
const StoryTable = Table.extend({ renderHTML: () => ["table", ["tbody", 0]] })
const HeadingCell = TableHeader.extend({
  addAttributes() {
    return { ...this.parent?.(), scope: { default: null } }
  },
})

// `kind` is also the name. In the editor it is no landmark of the page.
const box = (kind, label) => Node.create({
  name: kind,
  group: "top",
  content: "paragraph+",
  defining: true,
  parseHTML: () => [{ tag: `aside[data-kind="${kind}"]` }],
  renderHTML: () => ["aside", { "data-kind": kind }, 0],
  addNodeView: () => () => {
    const dom = crel("aside", { "data-kind": kind, role: "note", "aria-label": label })
    return { dom, contentDOM: dom }
  },
})
const Pull = box("pull", gettext("Pull quote"))
const Source = box("source", gettext("Source box"))

// The extensions of an editor; `library`, the address that tells of photos, is undefined where texts have no figures.
export function schema(library) {
  return [
    Story, Paragraph, Text, HardBreak, History, Dropcursor, Gapcursor, Bold, Italic, Subscript, Superscript,
    Heading.configure({ levels: [2, 3] }), Blockquote, BulletList, ListItem, HorizontalRule,
    OrderedList.configure({ enableListAttributes: false }),
    StoryLink.configure({ enableTarget: false, protocols: ["mailto", "tel"], defaultProtocol: "https" }),
    StoryTable, TableRow, HeadingCell, TableCell,
    // Behind a figure, a table or a box one can always write on.
    TrailingNode.configure({ node: "paragraph", notAfter: ["paragraph", "heading", "bulletList", "orderedList", "blockquote"] }),
    Pull, Source, FigureKeys,
    ...(library === undefined ? [] : [Photo.configure({ library }), Gallery, Video, Embed]),
  ]
}
