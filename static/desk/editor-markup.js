// The text as it is stored, and as it goes into the editor. What `stored` writes, articles.html.clean_body leaves alone.
import { pm } from "django-prose-editor/editor"

// articles.text.UNWANTED: characters that show nothing and that nobody typed.
const UNWANTED = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u200b\u2060\u3164\ufeff\uffa0\ufdd0-\ufdef\ufffe\uffff\p{Cs}]/gu
const BLOCK = "p, h2, h3, ul, ol, blockquote, table, hr, figure, aside"
const VANISH_EMPTY = "p, h2, h3, li, ul, ol, blockquote, aside, table, figcaption, strong, em, a, sub, sup"
const INLINE = new Set(["STRONG", "EM", "A", "SUB", "SUP"])

export const plainWords = (text) => text.replace(UNWANTED, "").replaceAll("\u00a0", " ").normalize("NFC")

function textNodes(root) {
  const walker = root.ownerDocument.createTreeWalker(root, NodeFilter.SHOW_TEXT)
  const found = []
  while (walker.nextNode()) found.push(walker.currentNode)
  return found
}

const isBlank = (node) => node.nodeName === "BR" || (node.nodeType === Node.TEXT_NODE && !node.data.trim())

function trimEdges(leaf) {
  for (const [edge, trim] of [["firstChild", "trimStart"], ["lastChild", "trimEnd"]]) {
    while (leaf[edge] && isBlank(leaf[edge])) leaf[edge].remove()
    if (leaf[edge]?.nodeType === Node.TEXT_NODE) leaf[edge].data = leaf[edge].data[trim]()
  }
}

function keepAttributes(element, kept) {
  [...element.attributes].filter(({ name }) => !kept.includes(name)).forEach(({ name }) => element.removeAttribute(name))
}

function tidyTable(table) {
  table.querySelectorAll("td, th").forEach((cell) => {
    keepAttributes(cell, cell.nodeName === "TH" ? ["scope", "colspan", "rowspan"] : ["colspan", "rowspan"])
    for (const name of ["colspan", "rowspan"]) if (cell.getAttribute(name) === "1") cell.removeAttribute(name)
  })
  // The editor has no part of its own for the rows of headings at the top.
  const rows = [...table.querySelectorAll("tr")]
  const isHead = (row) => row.children.length > 0 && [...row.children].every((cell) => cell.matches("th:not([rowspan])"))
  const first = rows.findIndex((row) => !isHead(row))
  if (first < 1) return
  const head = table.ownerDocument.createElement("thead")
  head.append(...rows.slice(0, first))
  table.prepend(head)
}

function dropEmpty(root) {
  [...root.querySelectorAll(VANISH_EMPTY)].reverse().forEach((element) => {
    if (element.textContent.trim() || element.querySelector("hr, figure")) return
    if (INLINE.has(element.nodeName)) element.replaceWith(...element.childNodes)
    else element.remove()
  })
}

// The markup of an editor's document.
export function stored(editor) {
  const page = document.implementation.createHTMLDocument("")
  const { body } = page
  const serializer = pm.model.DOMSerializer.fromSchema(editor.schema)
  body.append(serializer.serializeFragment(editor.state.doc.content, { document: page }))
  textNodes(body).forEach((node) => { node.data = plainWords(node.data) })
  body.querySelectorAll("a").forEach((link) => {
    keepAttributes(link, ["href", "lang"])
    link.setAttribute("rel", "noopener")
  })
  body.querySelectorAll("ol").forEach((list) => keepAttributes(list, []))
  body.querySelectorAll("aside figure").forEach((figure) => figure.removeAttribute("data-width"))
  body.querySelectorAll("table").forEach(tidyTable)
  dropEmpty(body)
  body.querySelectorAll("p, h2, h3, figcaption").forEach(trimEdges)
  return body.innerHTML
}

function paragraphsOf(text, page) {
  return text.split(/\n+/).filter((line) => line.trim()).map((line) => {
    const paragraph = page.createElement("p")
    paragraph.textContent = line
    return paragraph
  })
}

// What is put into the editor: lines typed without it become paragraphs, a table's caption, for which it
// has no place, the paragraph before the table.
export function prepared(markup) {
  const page = new DOMParser().parseFromString(markup, "text/html")
  if (!page.body.querySelector(BLOCK)) page.body.replaceChildren(...paragraphsOf(markup, page))
  textNodes(page.body).forEach((node) => { node.data = plainWords(node.data).replace(/[\t\r\n]+/g, " ") })
  page.querySelectorAll("table caption").forEach((caption) => {
    const paragraph = page.createElement("p")
    paragraph.append(...caption.childNodes)
    caption.closest("table").before(paragraph)
    caption.remove()
  })
  return page.body.innerHTML
}
