// The photos that the text shows, asked for by number, many with one question, and kept as they change.
const known = new Map()
const asking = new Map()
let waiting = null
const MOST = 50

// Photos that come from the dialog need no question; their views hear of words that changed there.
export function remember(photo) {
  known.set(String(photo.id), photo)
  document.dispatchEvent(new CustomEvent("photos:known", { detail: photo }))
}

document.addEventListener("photos:changed", ({ detail }) => remember(detail))

async function ask(address, ids) {
  const url = new URL(address, location.href)
  url.searchParams.set("ids", ids.join(","))
  try {
    const answer = await fetch(url, { headers: { Accept: "application/json" } })
    if (answer.ok) return (await answer.json()).photos
  } catch (error) {
    console.warn("The photos of the text could not be asked for.", error)
  }
  return []
}

async function answerAll(address) {
  const questions = [...asking]
  asking.clear()
  waiting = null
  for (let start = 0; start < questions.length; start += MOST) {
    const part = questions.slice(start, start + MOST)
    const photos = await ask(address, part.map(([id]) => id))
    photos.forEach(remember)
    part.forEach(([id, { resolve }]) => resolve(known.get(id) ?? null))
  }
}

// The photo of a number, null where there is none or nobody can be asked.
export function photoOf(address, id) {
  if (known.has(id) || !address) return Promise.resolve(known.get(id) ?? null)
  if (!asking.has(id)) {
    const question = {}
    question.answer = new Promise((resolve) => { question.resolve = resolve })
    asking.set(id, question)
  }
  waiting ??= setTimeout(() => answerAll(address))
  return asking.get(id).answer
}
