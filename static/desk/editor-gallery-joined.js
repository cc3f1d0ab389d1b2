// Photos that become a gallery and galleries that become photos.
import { pm } from "django-prose-editor/editor"
import { blockAt } from "desk/editor-blocks"

const { NodeRange } = pm.model
const { Plugin } = pm.state
// articles.markup: one photo alone is no gallery, more than these make another.
const FEWEST = 2
const MOST = 40

export const isGallery = (node) => node?.type.name === "gallery"
const isOfPhotos = (node) => ["photo", "gallery"].includes(node?.type.name)

// The photos of the gallery that begins at `from`, as a range of the document.
function photosIn(doc, from) {
  const end = from + doc.nodeAt(from).nodeSize
  return new NodeRange(doc.resolve(from + 1), doc.resolve(end - 1), 1)
}

// The place before the photo number `index` of the gallery `node` that begins at `from`.
const placeIn = (node, from, index) => node.content.content.slice(0, index).reduce((at, { nodeSize }) => at + nodeSize, from + 1)

// Photos and galleries at the top level that touch each other: those chosen, else all around the one chosen.
// {from, to, galleries, photos}, the places of the galleries and how many photos there are; null for fewer than two.
function runAt({ doc, selection }) {
  let first = selection.$from.index(0)
  let last = Math.max(first, selection.$to.indexAfter(0) - 1)
  if (first === last) {
    while (isOfPhotos(doc.maybeChild(first - 1))) first -= 1
    while (isOfPhotos(doc.maybeChild(last + 1))) last += 1
  }
  const run = { from: 0, to: 0, galleries: [], photos: 0 }
  let isWhole = last > first
  doc.forEach((node, from, index) => {
    if (index < first || index > last) return
    isWhole &&= isOfPhotos(node)
    if (index === first) run.from = from
    if (isGallery(node)) run.galleries.push(from)
    run.photos += isGallery(node) ? node.childCount : 1
    run.to = from + node.nodeSize
  })
  return isWhole ? run : null
}

const inGallery = (state) => isGallery(blockAt(state)?.node)

// Makes one gallery of the photos that touch each other, or takes the gallery apart that holds the selection.
export function toggleGallery({ state, tr, dispatch }) {
  const { gallery } = state.schema.nodes
  if (inGallery(state)) {
    if (dispatch) pm.history.closeHistory(tr.lift(photosIn(tr.doc, blockAt(state).from), 0)).scrollIntoView()
    return true
  }
  const run = runAt(state)
  if (!run || run.photos > MOST) return false
  if (!dispatch) return true
  run.galleries.reverse().forEach((from) => tr.lift(photosIn(tr.doc, from), 0))
  const end = run.to - 2 * run.galleries.length
  const range = new NodeRange(tr.doc.resolve(run.from), tr.doc.resolve(end), 0)
  pm.history.closeHistory(tr.wrap(range, [{ type: gallery }])).scrollIntoView()
  return true
}

// What is left of a gallery when a photo went out, or came in by pasting, is a gallery or none.
export const Whole = new Plugin({
  appendTransaction(transactions, _old, { doc, tr }) {
    if (!transactions.some(({ docChanged }) => docChanged)) return null
    const galleries = []
    doc.forEach((node, from) => { if (isGallery(node)) galleries.push([node, from]) })
    galleries.reverse().forEach(([node, from]) => {
      if (!node.childCount) tr.delete(from, from + node.nodeSize)
      else if (node.childCount < FEWEST) tr.lift(photosIn(tr.doc, from), 0)
      for (let index = node.childCount - 1; index > 0; index -= 1) {
        if (index % MOST === 0) tr.split(placeIn(node, from, index), 1)
      }
    })
    return tr.docChanged ? tr : null
  },
})
