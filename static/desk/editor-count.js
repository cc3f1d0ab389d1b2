// How long a text is: characters, and sheets of manuscript paper of 200 squares.
const LINE = 20
const LINES_OF_SHEET = 10
// A square holds one character, but two letters or figures of the Latin kind.
const PARTS = /[A-Za-z0-9]+|[^A-Za-z0-9]/gu
const measured = new WeakMap()

export function squares(text) {
  return (text.match(PARTS) ?? []).reduce((sum, part) => sum + (/^[A-Za-z0-9]/.test(part) ? Math.ceil(part.length / 2) : 1), 0)
}

// {all, dense, lines} of one paragraph: characters with and without spaces, lines of manuscript paper, which
// it begins anew with an empty square.
export function measure(text) {
  const words = text.trim()
  if (!words) return { all: 0, dense: 0, lines: 0 }
  const all = [...words.replaceAll("\n", "")].length
  return { all, dense: [...words.replace(/\s/g, "")].length, lines: Math.ceil((1 + squares(words.replace(/\s+/g, " "))) / LINE) }
}

const LEAVES = { hardBreak: "\n" }

function measureBlock(node) {
  let found = measured.get(node)
  if (!found) {
    found = measure(node.textBetween(0, node.content.size, "", (leaf) => LEAVES[leaf.type.name] ?? ""))
    measured.set(node, found)
  }
  return found
}

// The sum over a document's paragraphs, without captions; blocks that did not change are not measured again.
export function measureAll(doc) {
  const sum = { all: 0, dense: 0, lines: 0 }
  doc.descendants((node) => {
    if (["photo", "video", "embed"].includes(node.type.name)) return false
    if (!node.isTextblock) return true
    const part = measureBlock(node)
    for (const name of Object.keys(sum)) sum[name] += part[name]
    return false
  })
  return { ...sum, sheets: sum.lines / LINES_OF_SHEET }
}
