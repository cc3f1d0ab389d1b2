// The editor for texts. Its schema is articles/html.py's; its style is static, for the policy allows no other.
import {
  Blockquote, Bold, BulletList, Document, Dropcursor, Editor, Gapcursor, HardBreak, Heading, History,
  HorizontalRule, Italic, Link, ListItem, Menu, OrderedList, Paragraph, Subscript, Superscript, Table,
  TableCell, TableHeader, TableRow, Text, createMenuFromGroups, updateAttrsDialog,
} from "django-prose-editor/editor"
import { nameButtons, prepared, toolbar } from "desk/editor-tools"

// A button stands in one group only: in two, the library drops what follows it.
const GROUPS = ["blockType -lists", "marks", "nodes -blockType", "lists", "link", "table", "history"]

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
          if (answer?.href) chain.setLink({ href: answer.href }).run()
          else if (answer) chain.unsetLink().run()
        })
      },
    }
  },
})

const EXTENSIONS = [
  Document, Paragraph, Text, HardBreak, History, Dropcursor, Gapcursor, Bold, Italic, Subscript, Superscript,
  Heading.configure({ levels: [2, 3] }), Blockquote, BulletList, ListItem, HorizontalRule,
  OrderedList.configure({ enableListAttributes: false }),
  StoryLink.configure({ enableTarget: false, protocols: ["mailto", "tel"], defaultProtocol: "https" }),
  Table, TableRow, TableHeader, TableCell,
]

function start(textarea) {
  const element = document.createElement("div")
  element.className = "prose-editor"
  textarea.before(element)
  element.append(textarea)
  const label = document.querySelector(`label[for="${textarea.id}"]`)
  const editor = new Editor({
    element,
    injectCSS: false,
    content: prepared(textarea.value),
    extensions: [...EXTENSIONS, Menu.configure({ items: createMenuFromGroups(GROUPS.map((group) => ({ group }))) })],
    editorProps: {
      attributes: {
        class: "text", role: "textbox", "aria-multiline": "true", "aria-label": label?.textContent.replace(":", "") ?? "",
      },
    },
    onUpdate({ editor }) {
      textarea.value = editor.isEmpty ? "" : editor.getHTML()
      textarea.dispatchEvent(new Event("input", { bubbles: true }))
    },
  })
  label?.addEventListener("click", () => editor.commands.focus())
  // The library makes its menu once the editor stands.
  editor.on("create", () => {
    const bar = element.querySelector(".prose-menubar")
    nameButtons(bar)
    toolbar(bar, editor)
  })
}

document.querySelectorAll("textarea[data-text-editor]").forEach(start)
