// Which pages of other sites a story can show: what articles/embeds.py says, in the browser.
const YOUTUBE_ID = /^[\w-]{11}$/
const YOUTUBE_PATHS = new Set(["embed", "shorts", "live", "v"])
const SECONDS = /^(?:(\d{1,2})h)?(?:(\d{1,3})m)?(?:(\d{1,5})s?)?$/
const NUMBER = /^\d{1,15}$/
const TOKEN = /^[\w-]{1,40}$/
const PLACE = /^[\w!.,:;%+ -]{1,1500}$/
const LONGEST = 2000

const steps = (url) => url.pathname.split("/").filter(Boolean)
function first(url, name, form) {
  const value = url.searchParams.get(name) ?? ""
  return form.test(value) ? value : ""
}

function seconds(value) {
  const [, hours = 0, minutes = 0, rest = 0] = SECONDS.exec(value)
  return Number(hours) * 3600 + Number(minutes) * 60 + Number(rest)
}

function youtube(url) {
  const path = steps(url)
  const key = url.hostname === "youtu.be" && path.length ? path[0]
    : path.length === 2 && YOUTUBE_PATHS.has(path[0]) ? path[1] : url.searchParams.get("v") ?? ""
  const start = seconds(first(url, "t", SECONDS) || first(url, "start", SECONDS))
  return YOUTUBE_ID.test(key) ? `https://www.youtube.com/watch?v=${key}${start ? `&t=${start}` : ""}` : ""
}

function vimeo(url) {
  const [id = "", own, ...rest] = steps(url).filter((step) => step !== "video")
  const secret = own ?? first(url, "h", TOKEN)
  const isFine = NUMBER.test(id) && !rest.length && (!secret || TOKEN.test(secret))
  return isFine ? `https://vimeo.com/${id}${secret ? `/${secret}` : ""}` : ""
}

function naver(url) {
  const [kind, id = "", ...rest] = steps(url)
  return ["v", "embed"].includes(kind) && NUMBER.test(id) && !rest.length ? `https://tv.naver.com/v/${id}` : ""
}

function google(url) {
  const pb = first(url, "pb", PLACE)
  return steps(url).join("/") === "maps/embed" && pb ? `https://www.google.com/maps/embed?${new URLSearchParams({ pb })}` : ""
}

function openstreetmap(url) {
  const given = ["bbox", "layer", "marker"].map((name) => [name, first(url, name, PLACE)]).filter(([, value]) => value)
  const isMap = steps(url).join("/") === "export/embed.html" && given[0]?.[0] === "bbox"
  return isMap ? `https://www.openstreetmap.org/export/embed.html?${new URLSearchParams(given)}` : ""
}

const HOSTS = {
  "youtube.com": youtube,
  "youtu.be": youtube,
  "youtube-nocookie.com": youtube,
  "vimeo.com": vimeo,
  "player.vimeo.com": vimeo,
  "tv.naver.com": naver,
  "google.com": google,
  "openstreetmap.org": openstreetmap,
}
const NAMES = {
  "www.youtube.com": "YouTube", "vimeo.com": "Vimeo", "tv.naver.com": "Naver TV", "www.google.com": "Google Maps",
  "www.openstreetmap.org": "OpenStreetMap",
}

// The address in what was typed: itself, or the one inside code that a host offers for copying; null for no address.
export function addressIn(typed) {
  const framed = /<iframe\b[^>]*\bsrc\s*=\s*["']([^"']+)/i.exec(typed)
  const found = (framed ? framed[1].replaceAll("&amp;", "&") : typed).trim()
  const whole = found.startsWith("//") ? `https:${found}` : /^[\w-]+(\.[\w-]+)+\//.test(found) ? `https://${found}` : found
  return /^https?:\/\/\S+$/i.test(whole) && URL.canParse(whole) ? new URL(whole) : null
}

// The one form in which the address of a page that can be shown is stored; «» for what cannot be shown.
export function shownAddress(url) {
  if (!url || url.href.length > LONGEST) return ""
  return HOSTS[url.hostname.replace(/^www\./, "").replace(/^m\./, "")]?.(url) ?? ""
}

export const serviceOf = (address) => (URL.canParse(address) ? NAMES[new URL(address).hostname] ?? new URL(address).hostname : "")
