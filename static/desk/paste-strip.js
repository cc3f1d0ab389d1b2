// Markup of other programs before any parser sees it: the policy reports every style that is parsed.
const TAG = /<[a-z](?:"[^"]*"|'[^']*'|[^'">])*>/gi
const WHOLE = /<(style|script|xml|title|head|object|noscript|template|svg|math)\b[^>]*>[\s\S]*?<\/\1\s*>/gi

// `markup` whose styles stand in data-style, without scripts, comments and what no reader sees.
export function disarmed(markup) {
  return markup
    // Word's own lists and pictures stand in comments that only its browser read; what is «not supported» is kept.
    .replace(/<!--[\s\S]*?-->/g, "")
    .replace(/<!\[(if|endif)[^>]*>/gi, "")
    .replace(/<!doctype[^>]*>/gi, "")
    .replace(/<(meta|link|base|col)\b[^>]*>/gi, "")
    .replace(WHOLE, "")
    .replace(/<\/?[a-z]+:[^>]*>/gi, "")
    .replace(TAG, (tag) => tag
      .replace(/([\s"'])style\s*=/gi, "$1data-style=")
      .replace(/([\s"'])on([a-z]+)\s*=/gi, "$1data-on$2=")
      .replace(/([\s"'])(srcset|background|src)\s*=/gi, "$1data-$2="))
}
