// Plain text: which lines belong to one paragraph. Mail programs break lines at a fixed width; writers end paragraphs.
const HANGUL = /[\u1100-\u11ff\u2e80-\ua4cf\uac00-\ud7af\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]/u
// Widths, in half characters, at which mail programs break lines.
const NARROWEST = 44
const WIDEST = 100
// A line that was broken reaches at least this part of the widest one.
const FULL = 0.75
const ENDS = /[.!?。…:][”’"')\]」』]*$/u
// What begins a paragraph of its own: list marks, captions, notes, quotations in brackets, copyright.
const BEGINS = /^([▲△▼▶▷■□◆◇○●◎※☞·•∙‧*<＜【[〔ⓒ©]|[-–—] |[①-⑳]|\d{1,2}[.)] |[가-하][.)] )/u
const UNREAL = /[\u00ad\u200b\u2060\ufeff\ue000-\uf8ff]/gu

export const spaced = (text) => text.replace(UNREAL, "").replace(/[\s\u00a0]+/gu, " ").trim()

const width = (line) => [...line].reduce((sum, character) => sum + (HANGUL.test(character) ? 2 : 1), 0)

const share = (lines, test) => lines.filter(test).length / Math.max(lines.length, 1)

function wrapWidth(parts) {
  const inner = parts.flatMap((lines) => lines.slice(0, -1))
  const widest = Math.max(0, ...parts.flat().map(width))
  if (!inner.length || widest < NARROWEST || widest > WIDEST) return 0
  // Without blank lines a full line may be a paragraph; then most must end in the middle of a sentence.
  if (parts.length === 1 && share(inner, (line) => ENDS.test(line)) > 0.4) return 0
  return widest
}

// Joins lines that a program broke; `parts` are the lines between blank ones, `words` the words of a line.
export function joined(parts, words = (line) => line) {
  const widest = wrapWidth(parts.map((lines) => lines.map(words)))
  return parts.flatMap((lines) => {
    const paragraphs = []
    let last = ""
    for (const line of lines) {
      const goesOn = widest && last && width(words(last)) >= widest * FULL && !BEGINS.test(words(line))
      if (goesOn) paragraphs.push(`${paragraphs.pop()} ${line}`)
      else paragraphs.push(line)
      last = line
    }
    return paragraphs
  })
}

// The paragraphs of a plain text.
export function paragraphsOf(text) {
  let lines = text.split(/\r\n|[\r\n\u2028\u2029]/).map(spaced)
  const full = lines.filter(Boolean)
  // A mail that answers quotes every line.
  if (full.length && full.every((line) => line.startsWith(">"))) lines = lines.map((line) => line.replace(/^[>\s]+/, ""))
  const parts = [[]]
  for (const line of lines) {
    if (line) parts.at(-1).push(line)
    else if (parts.at(-1).length) parts.push([])
  }
  return joined(parts.filter((part) => part.length))
}
