// Under the text: how long it is, and what the editor has to say.
import { crel } from "django-prose-editor/editor"
import { measureAll } from "desk/editor-count"

const SAID_FOR = 12000

export function footer(element, editor) {
  const count = crel("span", { className: "editor-count" })
  const said = crel("span", { className: "editor-said", role: "status" })
  element.append(crel("div", { className: "editor-footer" }, [count, said]))
  const number = new Intl.NumberFormat(document.documentElement.lang || undefined)
  const sheets = new Intl.NumberFormat(document.documentElement.lang || undefined, { minimumFractionDigits: 1 })
  let due = 0

  function show() {
    due = 0
    const sum = measureAll(editor.state.doc)
    count.textContent = [
      interpolate(gettext("%s characters"), [number.format(sum.all)]),
      interpolate(gettext("%s without spaces"), [number.format(sum.dense)]),
      interpolate(gettext("%s sheets of 200"), [sheets.format(sum.sheets)]),
    ].join(" · ")
  }

  let silence
  editor.on("said", (words) => {
    said.textContent = words
    clearTimeout(silence)
    silence = setTimeout(() => { said.textContent = "" }, SAID_FOR)
  })
  editor.on("update", () => { due ||= requestAnimationFrame(show) })
  show()
}
