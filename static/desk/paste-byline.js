// The byline rows of the story's form: the reporter whose address stood under a pasted text.
const EMAIL = /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/
const ROWS = '#bylines-group .inline-related:not(.empty-form) select[name$="-reporter"]'

const free = (row) => !row.value && !row.closest(".inline-related").querySelector('input[name$="-guest_name"]')?.value

// A row without a name, or the button that makes one; null on pages without bylines.
export const freeByline = () =>
  [...document.querySelectorAll(ROWS)].find(free) ?? document.querySelector("#bylines-group .add-row a")

async function reporterOf(row, term) {
  const url = new URL(row.dataset["ajax-Url"] ?? row.getAttribute("data-ajax--url"), location.href)
  const { appLabel, modelName, fieldName } = row.dataset
  url.search = new URLSearchParams({ term, app_label: appLabel, model_name: modelName, field_name: fieldName })
  const answer = await fetch(url)
  const results = answer.ok ? (await answer.json()).results : []
  return results.length === 1 ? results[0] : null
}

// Puts the reporter with the address, or the name, of `text` into a free row; returns the name, «» for nobody.
export async function chooseReporter(text) {
  const address = EMAIL.exec(text)?.[0] ?? ""
  const [name] = /[가-힣]{2,5}/.exec(text.replace(address, "")) ?? [""]
  const any = document.querySelector('#bylines-group select[name$="-reporter"]')
  if (!any) return ""
  try {
    const reporter = (address && await reporterOf(any, address)) || (name && await reporterOf(any, name))
    if (!reporter) return ""
    const taken = [...document.querySelectorAll(ROWS)].some(({ value }) => value === String(reporter.id))
    if (!taken) put(reporter)
    return reporter.text
  } catch (error) {
    console.warn("The reporter could not be asked for.", error)
    return ""
  }
}

function put({ id, text }) {
  const place = freeByline()
  if (!place.matches("select")) place.click()
  const row = [...document.querySelectorAll(ROWS)].find(free)
  row.append(new Option(text, id, true, true))
  row.value = String(id)
  // The picker of the admin listens by jQuery.
  window.django?.jQuery?.(row).trigger("change")
  row.dispatchEvent(new Event("change", { bubbles: true }))
  row.dispatchEvent(new Event("input", { bubbles: true }))
}
