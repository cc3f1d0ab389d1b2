// The buttons that the library does not have, and their keys.
import { Extension, Menu, createMenuFromGroups, materialMenuButton, crel } from "django-prose-editor/editor"
import { askForEmbed } from "desk/editor-embed"
import { openFind } from "desk/editor-findbar"
import { openHelp } from "desk/editor-help"
import { askForPhotos } from "desk/editor-photo"
import { askForVideo } from "desk/editor-video"

// A button stands in one group only: in two, the library drops what follows it.
const GROUPS = ["blockType -lists", "marks", "nodes -blockType -lists", "lists", "link", "table", "figures", "boxes", "history", "tools"]

const words = (text) => crel("button", { type: "button", className: "prose-menubar__button prose-menubar__button--words", textContent: text })

const box = (name, text) => ({
  name,
  groups: "boxes",
  button: words(text),
  active: (editor) => editor.isActive(name),
  enabled: (editor) => editor.can().toggleWrap(name),
  command: (editor) => editor.chain().focus().toggleWrap(name).run(),
})

const ITEMS = (editor) => [
  ...(editor.schema.nodes.photo ? [
    { name: "photo", groups: "figures", button: words(gettext("Photo")), command: (given) => askForPhotos(given) },
    {
      name: "gallery", groups: "figures", button: words(gettext("Gallery")),
      active: (given) => given.isActive("gallery"),
      enabled: (given) => given.can().toggleGallery(),
      command: (given) => given.chain().focus().toggleGallery().run(),
    },
    { name: "video", groups: "figures", button: words(gettext("Video")), command: askForVideo },
    { name: "embed", groups: "figures", button: words(gettext("Video · map")), command: askForEmbed },
  ] : []),
  box("pull", gettext("Pull quote")),
  box("source", gettext("Source box")),
  { name: "find", groups: "tools", button: materialMenuButton("search"), command: (given) => openFind(given, false) },
  { name: "help", groups: "tools", button: words("?"), command: openHelp },
]

const MoreItems = Extension.create({
  name: "moreItems",
  priority: 200,
  addMenuItems({ menu }) {
    // Where several stand in a group, the first has the highest priority.
    ITEMS(this.editor).forEach((item, number) => menu.defineItem({ priority: 100 - number, ...item }))
  },
  addKeyboardShortcuts: () => ({
    // With nothing to do again, the library would take the key for Ctrl+Z and undo.
    "Mod-Shift-z": ({ editor }) => editor.commands.redo() || true,
    "Mod-f": ({ editor }) => openFind(editor, false),
    "Mod-h": ({ editor }) => openFind(editor, true),
    "Mod-/": ({ editor }) => openHelp(editor),
    "Alt-F10": ({ editor }) => {
      editor.view.dom.parentElement.querySelector(".prose-menubar button[tabindex='0']").focus()
      return true
    },
  }),
})

export const menu = () => [MoreItems, Menu.configure({ items: createMenuFromGroups(GROUPS.map((group) => ({ group }))) })]
