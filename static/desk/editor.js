// The editor for texts. Its schema is articles/html.py's; its style is static, for the policy allows no other.
import { Editor } from "django-prose-editor/editor"
import { Find } from "desk/editor-find"
import { footer } from "desk/editor-footer"
import { prepared, stored } from "desk/editor-markup"
import { menu } from "desk/editor-menu"
import { schema } from "desk/editor-schema"
import { nameButtons, toolbar } from "desk/editor-tools"
import { Paste } from "desk/paste"
import { offersBar } from "desk/paste-bar"

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
    parseOptions: { preserveWhitespace: true },
    extensions: [...schema(textarea.dataset.photoLibrary), Find, Paste, ...menu()],
    editorProps: {
      attributes: {
        class: "text", role: "textbox", "aria-multiline": "true", "aria-label": label?.textContent.replace(":", "") ?? "",
      },
    },
    onUpdate({ editor }) {
      const markup = stored(editor)
      if (markup === shown) return
      shown = markup
      textarea.value = markup
      textarea.dispatchEvent(new Event("input", { bubbles: true }))
    },
  })
  // The library's own changes at the start are none of the person's.
  let shown = stored(editor)
  label?.addEventListener("click", () => editor.commands.focus())
  // The library makes its menu once the editor stands.
  editor.on("create", () => {
    const bar = element.querySelector(".prose-menubar")
    nameButtons(bar)
    toolbar(bar, editor)
    footer(element, editor)
    offersBar(element, editor)
  })
}

document.querySelectorAll("textarea[data-text-editor]").forEach(start)
