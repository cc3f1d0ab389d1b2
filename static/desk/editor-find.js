// Finding words in the text: where they stand, the marks on them, putting others in their place.
import { Extension, pm } from "django-prose-editor/editor"

const { Plugin, PluginKey, TextSelection } = pm.state
const { Decoration, DecorationSet } = pm.view
const key = new PluginKey("find")
const NOTHING = { query: "", found: [], here: -1, marks: DecorationSet.empty }

// Places of `query` in a document, as {from, to}; upper and lower case are the same.
export function places(doc, query) {
  if (!query) return []
  const pattern = new RegExp(query.normalize("NFC").replace(/[.*+?^${}()|[\]\\]/g, "\\$&"), "giu")
  const found = []
  doc.descendants((node, at) => {
    if (!node.isTextblock) return true
    // Every leaf counts one, as it does in positions.
    const text = node.textBetween(0, node.content.size, "", "\ufffc")
    for (const match of text.matchAll(pattern)) {
      found.push({ from: at + 1 + match.index, to: at + 1 + match.index + match[0].length })
    }
    return false
  })
  return found
}

function looked(doc, query, wanted) {
  const found = places(doc, query)
  const here = found.length ? ((wanted % found.length) + found.length) % found.length : -1
  const marks = DecorationSet.create(doc, found.map(({ from, to }, number) =>
    Decoration.inline(from, to, { class: number === here ? "found found--here" : "found" })))
  return { query, found, here, marks }
}

export const findState = (editor) => key.getState(editor.state)

export function look(editor, query) {
  const { state, view } = editor
  const found = places(state.doc, query)
  const next = found.findIndex(({ from }) => from >= state.selection.from)
  view.dispatch(state.tr.setMeta(key, { query, wanted: Math.max(next, 0) }))
  show(editor)
}

export function step(editor, by) {
  const { query, here } = findState(editor)
  editor.view.dispatch(editor.state.tr.setMeta(key, { query, wanted: here + by }))
  show(editor)
}

export const stopLooking = (editor) => editor.view.dispatch(editor.state.tr.setMeta(key, { query: "", wanted: 0 }))

function show(editor) {
  const { found, here } = findState(editor)
  if (here < 0) return
  const { node } = editor.view.domAtPos(found[here].from)
  const element = node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement
  element.scrollIntoView({ block: "center" })
}

// The selection on the place that is shown, for whoever goes back to the text.
export function choose(editor) {
  const { found, here } = findState(editor)
  if (here < 0) return
  const { from, to } = found[here]
  editor.view.dispatch(editor.state.tr.setSelection(TextSelection.create(editor.state.doc, from, to)).scrollIntoView())
}

function put(tr, { from, to }, words) {
  return words ? tr.insertText(words, from, to) : tr.delete(from, to)
}

export function replaceOne(editor, words) {
  const { found, here, query } = findState(editor)
  if (here < 0) return
  const tr = put(editor.state.tr, found[here], words)
  // What was put in is not found again.
  const after = tr.mapping.map(found[here].to)
  const next = places(tr.doc, query).findIndex(({ from }) => from >= after)
  editor.view.dispatch(tr.setMeta(key, { query, wanted: Math.max(next, 0) }))
  show(editor)
}

// Returns how many were replaced; one step back takes all of them back.
export function replaceAll(editor, words) {
  const { found } = findState(editor)
  const tr = [...found].reverse().reduce((step, place) => put(step, place, words), editor.state.tr)
  if (found.length) editor.view.dispatch(pm.history.closeHistory(tr))
  return found.length
}

export const Find = Extension.create({
  name: "find",
  addProseMirrorPlugins: () => [new Plugin({
    key,
    state: {
      init: () => NOTHING,
      apply(tr, before) {
        const asked = tr.getMeta(key)
        const query = asked ? asked.query : before.query
        if (!query) return NOTHING
        return asked || tr.docChanged ? looked(tr.doc, query, asked ? asked.wanted : before.here) : before
      },
    },
    props: { decorations: (state) => key.getState(state).marks },
  })],
})
