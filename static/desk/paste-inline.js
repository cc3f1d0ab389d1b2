// Words inside a paragraph of another program: what is bold, slanted, raised or linked.
import { plainWords } from "desk/editor-markup"

const ADDRESS = /^(https?:\/\/|mailto:|tel:)/i
const BY_NAME = {
  B: { strong: true }, STRONG: { strong: true }, I: { em: true }, EM: { em: true }, CITE: { em: true },
  SUB: { sub: true, sup: false }, SUP: { sup: true, sub: false },
}
const PRIVATE = /[\ue000-\uf8ff]/gu

const ofStyle = (style, name) => new RegExp(`(?:^|;)\\s*${name}\\s*:\\s*([^;!]+)`, "i").exec(style)?.[1].trim().toLowerCase()

// The marks inside `element`, given those around it; a style outweighs the name of the tag.
export function styleOf(element, marks) {
  const style = element.dataset.style ?? ""
  const found = { ...marks, ...BY_NAME[element.nodeName] }
  const weight = ofStyle(style, "font-weight")
  if (weight) found.strong = weight === "bold" || weight === "bolder" || Number(weight) >= 600
  const slant = ofStyle(style, "font-style")
  if (slant) found.em = /italic|oblique/.test(slant)
  const raised = ofStyle(style, "vertical-align")
  if (raised === "super" || raised === "sub") Object.assign(found, { sup: raised === "super", sub: raised === "sub" })
  if (/mso-list:\s*ignore/i.test(style)) found.gone = true
  if (element.nodeName === "A") {
    const address = (element.getAttribute("href") ?? "").trim()
    found.link = ADDRESS.test(address) ? address : undefined
  }
  return found
}

const escaped = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;")

// The words of a text node as markup; spaces stay outside of its tags, so that no mark begins or ends in one.
export function marked(text, marks) {
  if (marks.gone) return ""
  const [, before, words, after] = /^(\s*)([\s\S]*?)(\s*)$/.exec(plainWords(text).replace(PRIVATE, "").replace(/\s+/gu, " "))
  if (!words) return before + after
  let made = escaped(words)
  if (!marks.plain) {
    if (marks.sub) made = `<sub>${made}</sub>`
    if (marks.sup) made = `<sup>${made}</sup>`
    if (marks.em) made = `<em>${made}</em>`
    if (marks.strong) made = `<strong>${made}</strong>`
  }
  if (marks.link) made = `<a href="${escaped(marks.link).replaceAll('"', "%22")}">${made}</a>`
  return before + made + after
}
