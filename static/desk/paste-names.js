// What tags of other programs mean, and new elements in a document of their own.
import { spaced } from "desk/paste-lines"

const page = document.implementation.createHTMLDocument("")

export const BOXES = new Set(("ADDRESS ARTICLE ASIDE BODY CENTER DD DETAILS DIV DL DT FIELDSET FIGCAPTION FIGURE FOOTER FORM HEADER HTML " +
  "LEGEND LI MAIN NAV P PRE SECTION SUMMARY").split(" "))
export const HEADINGS = { H1: "h2", H2: "h2", H3: "h3", H4: "h3", H5: "h3", H6: "h3" }
export const GONE = new Set("BUTTON DEL INPUT SELECT TEXTAREA IFRAME VIDEO AUDIO CANVAS MAP IMG".split(" "))

// What other programs do not show: hidden words, comments on the text, footnotes' frames.
export const isHidden = (element) =>
  /display:\s*none|mso-hide:\s*all|mso-element:\s*(comment|footnote-list)/i.test(element.dataset?.style ?? "")

// A mail that is answered or passed on stands in a quotation that means nothing.
export const isMailQuote = (element) => /gmail_quote|moz-cite|^\s*cite$/.test(`${element.className} ${element.getAttribute("type") ?? ""}`)

// Tables that only place things on a page: one cell, or a table inside.
export const isFrame = (table) =>
  table.querySelectorAll("td, th").length < 2 || table.querySelector("table") !== null || table.getAttribute("role") === "presentation"

export const make = (name, markup = "") => Object.assign(page.createElement(name), { innerHTML: markup })

export const wordsOf = (markup) => markup.replace(/<[^>]*>/g, "")

// One line of markup without white space at its edges; «» when it shows nothing. Bold words that a program
// wrote in several pieces are one piece, the spaces between them bold as well.
export function trimmed(markup) {
  let line = markup.replace(/\s+/g, " ").trim()
  for (const name of ["strong", "em"]) line = line.replaceAll(new RegExp(`</${name}>( ?)<${name}>`, "g"), "$1")
  return spaced(wordsOf(line)) ? line : ""
}
