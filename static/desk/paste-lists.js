// Lists of Word and Outlook: paragraphs that only their style calls items of a list.
const LEVEL = /mso-list:\s*l\d+\s+level(\d+)/i
const NUMBER = /^[\s\u00a0]*\(?([0-9]{1,3}|[a-z]|[ivx]{1,5}|[가-하])[.)]/i

function markOf(element) {
  const ignored = [...element.querySelectorAll("[data-style]")].find((part) => /mso-list:\s*ignore/i.test(part.dataset.style))
  return ignored?.textContent ?? ""
}

// {level, list} of a paragraph that is an item, null of any other.
export function listMark(element) {
  const level = LEVEL.exec(element.dataset.style ?? "")?.[1]
  return level ? { level, list: NUMBER.test(markOf(element)) ? "ol" : "ul" } : null
}

// Blocks whose runs of items stand in lists, the deeper ones inside the item before.
export function nested(blocks, make) {
  const made = []
  let open = []
  for (const block of blocks) {
    const { level, list } = block.dataset
    if (!level) {
      open = []
      made.push(block)
      continue
    }
    delete block.dataset.level
    delete block.dataset.list
    open = open.filter((each) => each.level < level || (each.level === level && each.list === list))
    if (open.at(-1)?.level !== level) {
      const above = open.at(-1)?.element.lastElementChild
      const element = make(list)
      if (above) above.append(element)
      else made.push(element)
      open.push({ level, list, element })
    }
    const item = make("li")
    item.append(block)
    open.at(-1).element.append(item)
  }
  return made
}
