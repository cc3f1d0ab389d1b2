// The bar for finding and replacing: between the buttons and the text, opened by Ctrl+F and Ctrl+H.
import { crel } from "django-prose-editor/editor"
import { choose, findState, look, replaceAll, replaceOne, step, stopLooking } from "desk/editor-find"

const bars = new WeakMap()

function field(name, words) {
  const input = crel("input", { type: "text", autocomplete: "off", spellcheck: false, className: `find__${name}` })
  input.setAttribute("aria-label", words)
  input.placeholder = words
  return input
}

function press(words, work, name = "") {
  const made = crel("button", { type: "button", textContent: words, className: name })
  made.addEventListener("click", work)
  return made
}

function build(editor) {
  const query = field("query", gettext("Find"))
  const words = field("words", gettext("Replace with"))
  const count = crel("span", { className: "find__count", role: "status" })
  const tell = (text) => { count.textContent = text }

  function tellPlace() {
    const { query: asked, found, here } = findState(editor)
    tell(!asked ? "" : found.length ? interpolate(gettext("%s of %s"), [here + 1, found.length]) : gettext("Not found"))
  }
  const go = (by) => { step(editor, by); tellPlace() }
  const replace = () => { replaceOne(editor, words.value); tellPlace() }
  const replaceThem = () => {
    const number = replaceAll(editor, words.value)
    tell(interpolate(ngettext("%s replaced", "%s replaced", number), [number]))
  }
  const second = crel("div", { className: "find__replace" }, [
    words, press(gettext("Replace"), replace), press(gettext("Replace all"), replaceThem),
  ])
  const bar = crel("div", { className: "find", hidden: true, role: "search", "aria-label": gettext("Find in the text") }, [
    crel("div", { className: "find__find" }, [
      query, count, press(gettext("Previous"), () => go(-1)), press(gettext("Next"), () => go(1)),
      press(gettext("Replace …"), () => { second.hidden = !second.hidden; (second.hidden ? query : words).focus() }, "find__more"),
      press(gettext("Close"), () => close()),
    ]),
    second,
  ])

  function close() {
    choose(editor)
    stopLooking(editor)
    bar.hidden = true
    editor.commands.focus()
  }

  // What is typed here belongs to no story.
  for (const name of ["input", "change"]) bar.addEventListener(name, (event) => event.stopPropagation())
  query.addEventListener("input", () => { look(editor, query.value); tellPlace() })
  bar.addEventListener("keydown", (event) => {
    const { target, key } = event
    if (event.isComposing) return
    const work = key === "Escape" ? close
      : key === "Enter" && target === query ? () => go(event.shiftKey ? -1 : 1)
      : key === "Enter" && target === words ? replace
      : (event.ctrlKey || event.metaKey) && key.toLowerCase() === "f" ? () => query.select()
      : (event.ctrlKey || event.metaKey) && key.toLowerCase() === "h" ? () => { second.hidden = false; words.focus() } : null
    if (!work) return
    event.preventDefault()
    event.stopPropagation()
    work()
  })
  editor.on("update", () => { if (!bar.hidden) tellPlace() })
  editor.view.dom.before(bar)
  return { bar, query, second, tellPlace }
}

// Opens the bar with the words that are chosen in the text.
export function openFind(editor, withReplace) {
  if (!bars.has(editor)) bars.set(editor, build(editor))
  const { bar, query, second, tellPlace } = bars.get(editor)
  const { from, to } = editor.state.selection
  const chosen = editor.state.doc.textBetween(from, to, "\n")
  if (chosen && !chosen.includes("\n")) query.value = chosen
  bar.hidden = false
  second.hidden = !withReplace
  query.focus()
  query.select()
  look(editor, query.value)
  tellPlace()
  return true
}
