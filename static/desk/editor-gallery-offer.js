// The second button of the photo dialog: where several photos are chosen, they come in as a gallery.
import { crel } from "django-prose-editor/editor"

let button = null
let isOffered = false
let isWished = false

function makeButton(store) {
  const insert = store.find("insert")
  const show = () => { button.hidden = !isOffered || store.chosen.length < 2 }
  button = crel("button", { type: "button", className: "button", textContent: gettext("As a gallery"), hidden: true })
  insert.before(button)
  button.addEventListener("click", () => {
    isWished = true
    store.tell("insert")
  })
  // Whatever else is done is another wish.
  const forget = () => { isWished = false }
  store.dialog.addEventListener("click", forget, { capture: true })
  store.dialog.addEventListener("keydown", forget, { capture: true })
  store.dialog.addEventListener("close", () => { isOffered = false })
  store.on("chosen", show)
}

// Says whether the dialog that is about to open offers a gallery; others open it for one photo.
export function offerGallery(wanted) {
  isOffered = Boolean(wanted)
  isWished = false
  if (!button && window.photoDialog) makeButton(window.photoDialog)
}

export const isGalleryWished = () => isWished
