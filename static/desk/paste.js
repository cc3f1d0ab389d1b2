// Pasting and dropping: foreign markup and plain text become clean paragraphs, files of pictures photos.
import { Extension, pm } from "django-prose-editor/editor"
import { blockAt } from "desk/editor-blocks"
import { addressIn, shownAddress } from "desk/editor-embeds"
import { askForPhotos } from "desk/editor-photo"
import { cleaned } from "desk/paste-html"
import { paragraphsOf } from "desk/paste-lines"
import { offers } from "desk/paste-offers"

const { Fragment, Slice } = pm.model
const PICTURE = /<img\b(?![^>]*(?:width|height)\s*[=:]\s*["']?1(?:px)?\b)[^>]*>/gi

const picturesOf = (transfer) => [...(transfer?.files ?? [])].filter(({ type }) => type.startsWith("image/"))

function textSlice(text, $context) {
  const { schema } = $context.doc.type
  const marks = $context.marks()
  const paragraphs = paragraphsOf(text).map((line) => schema.nodes.paragraph.create(null, schema.text(line, marks)))
  return Slice.maxOpen(Fragment.from(paragraphs))
}

export const Paste = Extension.create({
  name: "paste",
  addProseMirrorPlugins() {
    const { editor } = this
    const { photo, embed } = editor.schema.nodes

    function takeFiles(transfer) {
      const files = photo ? picturesOf(transfer) : []
      // Office programs send a picture of the words along with them.
      if (!files.length || transfer.getData("text/plain").trim()) return false
      askForPhotos(editor, { files })
      return true
    }

    function takeAddress(text) {
      const here = blockAt(editor.state)
      if (!embed || here?.node.type.name !== "paragraph" || here.node.childCount || /\s/.test(text.trim())) return false
      return shownAddress(addressIn(text)) !== "" && editor.commands.insertEmbed(text)
    }

    const clean = new pm.state.Plugin({
      props: {
        transformPastedHTML(html) {
          const pictures = /data-pm-slice/.test(html) ? 0 : (html.match(PICTURE) ?? []).length
          if (pictures && photo) {
            editor.emit("said", interpolate(ngettext(
              "%s picture could not be pasted along. Put it in with «Photo».",
              "%s pictures could not be pasted along. Put them in with «Photo».", pictures), [pictures]))
          }
          return cleaned(html)
        },
        clipboardTextParser: (text, $context) => textSlice(text, $context),
        handlePaste: (_view, { clipboardData }) => takeFiles(clipboardData) || takeAddress(clipboardData?.getData("text/plain") ?? ""),
        handleDrop(view, event, _slice, moved) {
          if (moved || !picturesOf(event.dataTransfer).length) return false
          const place = view.posAtCoords({ left: event.clientX, top: event.clientY })
          if (place) editor.commands.setTextSelection(place.pos)
          return takeFiles(event.dataTransfer)
        },
      },
    })
    return [clean, offers(editor)]
  },
})
