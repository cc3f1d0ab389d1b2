// The library of videos: what the text asks of a number, and the dialog in which one is chosen.
import { crel } from "django-prose-editor/editor"

const PAUSE = 250
const known = new Map()
const library = () => document.querySelector("[data-video-library]")?.dataset

// The videos that the desk answers with, null where nobody can be asked.
async function ask(query) {
  const address = library()?.videoLibrary
  if (!address) return null
  const url = new URL(address, location.href)
  url.search = new URLSearchParams(query)
  try {
    const answer = await fetch(url, { headers: { Accept: "application/json" } })
    if (answer.ok) return (await answer.json()).videos
  } catch (error) {
    console.warn("The videos could not be asked for.", error)
  }
  return null
}

// The video of a number, null where there is none.
export function videoOf(id) {
  if (!known.has(id)) known.set(id, ask({ ids: id }).then((videos) => videos?.[0] ?? null))
  return known.get(id)
}

function choice(video, choose) {
  const face = video.small ? crel("img", { src: video.small, alt: "", loading: "lazy" }) : crel("i")
  const words = crel("span", {}, [
    crel("strong", { textContent: video.title }),
    crel("small", { textContent: `${video.clock} · ${video.day}` }),
  ])
  const button = crel("button", { type: "button", className: "videos__choice" }, [face, words])
  button.addEventListener("click", () => choose(video))
  return crel("li", {}, [button])
}

// Shows the newest videos; resolves to the chosen one, null where the dialog was closed without.
export function chooseVideo() {
  const search = crel("input", { type: "search", maxLength: 100, "aria-label": gettext("Search videos"), placeholder: gettext("Title, caption, credit") })
  const list = crel("ul", { className: "videos__list" })
  const state = crel("p", { className: "videos__state", role: "status" })
  const close = crel("button", { type: "button", textContent: gettext("Close") })
  const upload = crel("a", { href: library()?.videoAdd ?? "", target: "_blank", rel: "noopener", textContent: gettext("Upload a video") })
  const dialog = crel("dialog", { className: "editor-help videos", "aria-label": gettext("Videos") }, [
    crel("h2", { textContent: gettext("Videos") }), search, list, state,
    crel("p", { className: "videos__foot" }, [...(library()?.videoAdd ? [upload] : []), close]),
  ])
  let timer = 0
  let asked = 0
  let chosen = null

  function choose(video) {
    chosen = video
    known.set(String(video.id), Promise.resolve(video))
    dialog.close()
  }

  async function fill() {
    const number = ++asked
    const videos = await ask({ q: search.value })
    if (number !== asked) return
    list.replaceChildren(...(videos ?? []).map((video) => choice(video, choose)))
    state.textContent = videos === null ? gettext("The videos could not be asked for. Try again in a moment.") : videos.length ? "" : gettext("No video found.")
  }

  search.addEventListener("input", () => {
    clearTimeout(timer)
    timer = setTimeout(fill, PAUSE)
  })
  // A video that was uploaded in the other tab is there when one comes back.
  const comeBack = () => { if (!document.hidden) fill() }
  document.addEventListener("visibilitychange", comeBack)
  close.addEventListener("click", () => dialog.close())
  document.body.append(dialog)
  dialog.showModal()
  fill()
  return new Promise((resolve) => dialog.addEventListener("close", () => {
    document.removeEventListener("visibilitychange", comeBack)
    dialog.remove()
    resolve(chosen)
  }))
}
