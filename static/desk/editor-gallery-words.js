// Words for a photo of a gallery that is chosen go into its caption; elsewhere they would take its place.
import { pm } from "django-prose-editor/editor"

const { NodeSelection, Plugin, TextSelection } = pm.state

// Puts the caret at the end of the caption of the chosen photo; false where none of a gallery is chosen.
function toCaption(view) {
  const { selection, doc, tr } = view.state
  const isChosen = selection instanceof NodeSelection && selection.$from.parent.type.name === "gallery"
  if (isChosen) view.dispatch(tr.setSelection(TextSelection.create(doc, selection.to - 1)))
  return isChosen
}

// A key that writes; an input method says 229 for each of its own.
const isWriting = ({ key, keyCode, ctrlKey, metaKey, altKey }) => keyCode === 229 || ([...key].length === 1 && !ctrlKey && !metaKey && !altKey)

const hasPhotos = (slice) => {
  let found = false
  slice.content.descendants((node) => { found ||= node.type.name === "photo" })
  return found
}

export const Words = new Plugin({
  props: {
    handleDOMEvents: {
      keydown(view, event) {
        if (isWriting(event)) toCaption(view)
        return false
      },
      compositionstart(view) {
        toCaption(view)
        return false
      },
      // Words without a key: spoken, from a list of emoji.
      beforeinput(view, event) {
        if (event.inputType !== "insertText" || !event.data || !toCaption(view)) return false
        event.preventDefault()
        view.dispatch(view.state.tr.insertText(event.data))
        return true
      },
    },
    handlePaste(view, _event, slice) {
      if (!hasPhotos(slice)) toCaption(view)
      return false
    },
  },
})
