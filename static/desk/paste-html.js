// Markup of other programs as clean paragraphs, lists and tables: Hangul, Word, Google Docs, Outlook, Gmail, Naver mail.
import { disarmed } from "desk/paste-strip"
import { marked, styleOf } from "desk/paste-inline"
import { joined } from "desk/paste-lines"
import { listMark, nested } from "desk/paste-lists"
import { BOXES, GONE, HEADINGS, isFrame, isHidden, isMailQuote, make, trimmed, wordsOf } from "desk/paste-names"

class Writer {
  constructor() {
    this.blocks = []
    this.run = []
  }

  // Ends the words that stand together: an empty line or several lines become paragraphs.
  flush(name = "p") {
    const parts = [[]]
    const markup = this.run.join("")
    this.run = []
    for (const line of markup.split("\n").map(trimmed)) {
      if (line) parts.at(-1).push(line)
      else if (parts.at(-1).length) parts.push([])
    }
    const lines = joined(parts.filter((part) => part.length), wordsOf)
    if (name !== "p") lines.splice(0, lines.length, ...(lines.length ? [lines.join(" ")] : []))
    this.blocks.push(...lines.map((line) => make(name, line)))
  }

  children(node, marks) {
    node.childNodes.forEach((child) => this.node(child, marks))
  }

  node(node, marks) {
    if (node.nodeType === Node.TEXT_NODE) this.words(node.data, marks)
    if (node.nodeType !== Node.ELEMENT_NODE || GONE.has(node.nodeName) || isHidden(node)) return
    const name = node.nodeName
    if (name === "BR") this.run.push("\n")
    else if (name === "TABLE") this.table(node)
    else if (name === "UL" || name === "OL") this.push(list(node))
    else if (name === "HR") this.push([make("hr")])
    else if (name === "BLOCKQUOTE" && !isMailQuote(node)) this.push(wrap("blockquote", node))
    else if (HEADINGS[name]) this.box(node, marks, HEADINGS[name])
    else if (BOXES.has(name)) this.box(node, marks, "p")
    else this.children(node, styleOf(node, marks))
  }

  words(text, marks) {
    const lines = marks.pre ? text.split("\n") : [text]
    lines.forEach((line, number) => this.run.push(number ? "\n" : "", marked(line, marks)))
  }

  push(blocks) {
    this.flush()
    this.blocks.push(...blocks)
  }

  box(node, marks, name) {
    this.flush()
    const mark = name === "p" && listMark(node)
    this.children(node, { ...styleOf(node, marks), plain: marks.plain || name !== "p", pre: marks.pre || node.nodeName === "PRE" })
    const before = this.blocks.length
    this.flush(name)
    if (mark) this.blocks.slice(before).forEach((block) => Object.assign(block.dataset, mark))
  }

  table(node) {
    if (isFrame(node)) {
      for (const row of node.rows) for (const cell of row.cells) this.push(blocksOf(cell))
      return
    }
    const table = make("table")
    const body = table.appendChild(make("tbody"))
    for (const row of node.rows) {
      const made = row.cells.length && body.appendChild(make("tr"))
      for (const cell of row.cells) made.append(cellOf(cell))
    }
    this.push([table])
  }
}

function cellOf(cell) {
  const made = make(cell.nodeName.toLowerCase())
  for (const name of ["colspan", "rowspan"]) {
    const number = Number(cell.getAttribute(name))
    if (number > 1 && number < 100) made.setAttribute(name, number)
  }
  made.append(...blocksOf(cell))
  return made
}

function wrap(name, node) {
  const made = make(name)
  made.append(...blocksOf(node))
  return made.childNodes.length ? [made] : []
}

function list(node) {
  const made = make(node.nodeName.toLowerCase())
  for (const child of node.children) {
    // Programs put a list inside a list beside the item that it belongs to.
    if (/^[UO]L$/.test(child.nodeName)) (made.lastElementChild ?? made.appendChild(make("li"))).append(...list(child))
    else made.append(...wrap("li", child))
  }
  return made.children.length ? [made] : []
}

function blocksOf(node) {
  const writer = new Writer()
  writer.children(node, {})
  writer.flush()
  return nested(writer.blocks, make)
}

// Pasted markup made clean. What this editor wrote itself passes, but for its styles.
export function cleaned(markup) {
  const safe = disarmed(markup)
  if (/data-pm-slice/.test(safe)) return safe
  const page = new DOMParser().parseFromString(safe, "text/html")
  return blocksOf(page.body).map((block) => block.outerHTML).join("")
}
