// What a pasted text brings that belongs elsewhere: captions, a reporter's address, a copyright line.
import { pm } from "django-prose-editor/editor"
import { CAPTION_MARK, captionOf } from "desk/editor-photo"

const { Plugin, PluginKey } = pm.state
const { Decoration, DecorationSet } = pm.view
const key = new PluginKey("offers")

const EMAIL = /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/
const COPYRIGHT = /저작권자\s*[ⓒ©(:]|무단\s*(전재|복제|배포)|재배포\s*(및\s*[^.]*)?금지|all rights reserved|(ⓒ|©|\(c\)|copyright).{0,40}\b(19|20)\d\d/i
// The last lines of a text, where such things stand; a line of this length is no sentence.
const LAST = 4
const SHORT = 90
// More lines with ▲ than this are a list of things, not captions.
const CAPTIONS = 2
const ofEmail = (text) => EMAIL.test(text) && text.replace(EMAIL, "").length < 30

// What the paragraphs, from the first pasted to the last, offer: [{index, kind}].
export function found(texts) {
  const captions = texts.flatMap((text, index) => (CAPTION_MARK.test(text) ? [{ index, kind: "caption" }] : []))
  const end = texts.flatMap((text, index) => {
    if (index < texts.length - LAST || text.length > SHORT) return []
    if (COPYRIGHT.test(text)) return [{ index, kind: "copyright" }]
    return ofEmail(text.trim()) ? [{ index, kind: "email" }] : []
  })
  return [...(captions.length > CAPTIONS ? [] : captions), ...end]
}

// The paragraphs at the top level that a transaction brought in: [{node, from}].
function pasted(tr) {
  let start = tr.doc.content.size
  let end = 0
  tr.mapping.maps.forEach((map, number) => map.forEach((_from, _to, from, to) => {
    const rest = tr.mapping.slice(number + 1)
    start = Math.min(start, rest.map(from, -1))
    end = Math.max(end, rest.map(to, 1))
  }))
  const paragraphs = []
  tr.doc.forEach((node, from) => {
    if (node.type.name === "paragraph" && from < end && from + node.nodeSize > start) paragraphs.push({ node, from })
  })
  return paragraphs
}

const isPaste = (tr) => tr.docChanged && (tr.getMeta("paste") || tr.getMeta("uiEvent") === "drop")

// A pasted «▲ …» directly under a photo without words becomes its caption.
function takeCaptions(tr, state) {
  const made = state.tr
  pasted(tr).reverse().forEach(({ node, from }) => {
    const photo = state.doc.resolve(from).nodeBefore
    if (photo?.type.name !== "photo" || photo.childCount || !CAPTION_MARK.test(node.textContent)) return
    made.delete(from, from + node.nodeSize).insert(from - 1, captionOf(node))
  })
  return made.docChanged ? made : null
}

const plainEnd = (paragraphs) => found(paragraphs.map(({ node }) => node.textContent))

export function offers(editor) {
  let last = 0
  const placeOf = (id) => key.getState(editor.state).find(undefined, undefined, (spec) => spec.id === id)[0]
  const remove = (id) => {
    const place = placeOf(id)
    if (place) editor.view.dispatch(editor.state.tr.delete(place.from, place.to))
  }
  const keep = (id) => editor.view.dispatch(editor.state.tr.setMeta(key, id))

  function tell({ from, to, spec: { id, kind } }) {
    const text = editor.state.doc.textBetween(from, to)
    const detail = { kind, text, id, placeOf: () => placeOf(id), remove: () => remove(id), keep: () => keep(id) }
    editor.view.dom.dispatchEvent(new CustomEvent("paste:offer", { bubbles: true, detail }))
  }

  return new Plugin({
    key,
    state: {
      init: () => DecorationSet.empty,
      apply(tr, before) {
        const dropped = tr.getMeta(key)
        const set = before.map(tr.mapping, tr.doc)
        if (dropped) return set.remove(set.find(undefined, undefined, ({ id }) => id === dropped))
        const paste = isPaste(tr) ? tr : null
        if (!paste) return set
        const paragraphs = pasted(paste)
        return set.add(tr.doc, plainEnd(paragraphs).map(({ index, kind }) => {
          const { node, from } = paragraphs[index]
          last += 1
          return Decoration.node(from, from + node.nodeSize, { class: "is-offered" }, { id: last, kind })
        }))
      },
    },
    appendTransaction(transactions, _old, state) {
      const paste = state.schema.nodes.photo && transactions.find(isPaste)
      return paste ? takeCaptions(paste, state) : null
    },
    props: { decorations: (state) => key.getState(state) },
    view: () => ({
      update({ state }, before) {
        const now = key.getState(state).find()
        const then = key.getState(before).find()
        const has = (list, { spec }) => list.some((each) => each.spec.id === spec.id)
        now.filter((place) => !has(then, place)).forEach(tell)
        then.filter((place) => !has(now, place)).forEach(({ spec: { id } }) =>
          editor.view.dom.dispatchEvent(new CustomEvent("paste:gone", { bubbles: true, detail: { id } })))
      },
    }),
  })
}
