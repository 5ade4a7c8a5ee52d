// The page that opens a copy of somebody's data: what the JSON beside it holds, for a person to read. It runs nothing, asks
// nothing of the network, and nothing that people typed is markup in it. Pure.
import { fillTemplate, type Template } from '#protocol/texts/text.ts'

/** The words of a copy in one language, and the clocks of whom it is about. */
export interface CopyWords {
  readonly locale: string
  readonly dir: 'ltr' | 'rtl'
  readonly timeZone: string
  readonly fill: (key: string, params?: Readonly<Record<string, string | number>>) => string
  /** What a part or a column is called. */
  readonly called: (key: string) => string
}

type Words = Readonly<Record<string, Template>>

/** `sent_at` is `sentAt`. */
const camel = (key: string): string => key.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase())

/** `sent_at` and `sentAt` are "sent at". */
const heading = (key: string): string =>
  key
    .replaceAll('_', ' ')
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()

/** Words from the catalogues `privacy` and `copy`; a key they do not have stands for itself. */
export const copyWords = (
  { privacy, copy }: { readonly privacy: Words; readonly copy: Words },
  { locale, dir, timeZone }: Pick<CopyWords, 'locale' | 'dir' | 'timeZone'>,
): CopyWords => ({
  ...{ locale, dir, timeZone },
  fill: (key, params = {}) => fillTemplate(privacy[key] ?? key, params, locale),
  called: key => {
    const words = copy[camel(key)]
    return typeof words === 'string' ? words : heading(key)
  },
})

/** The key of a feature's words: `ofGrades` for `grades`. */
export const featureKey = (feature: string): string => `of${feature.charAt(0).toUpperCase()}${feature.slice(1)}`

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const escaped = (text: string): string => text.replace(/[&<>"]/g, sign => escapes[sign] ?? sign)

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isInstant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$/

/** An instant by the clocks of whom it is about; undefined for what only looks like one. */
function timeHtml(text: string, { locale, timeZone }: CopyWords): string | undefined {
  const at = new Date(text)
  if (!isInstant.test(text) || Number.isNaN(at.getTime())) return undefined
  const words = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone }).format(at)
  return `<time datetime="${text}">${escaped(words)}</time>`
}

/** Deeper than this, what is kept is told as it is kept: the tree of a page, not a list of facts. */
const deepest = 2

function valueHtml(value: unknown, words: CopyWords, depth = 0): string {
  if (value === null || value === undefined || value === '') return '–'
  if (typeof value === 'boolean') return escaped(words.fill(value ? 'copyYes' : 'copyNo'))
  if (typeof value === 'string') return timeHtml(value, words) ?? escaped(value)
  if (typeof value !== 'object') return escaped(String(value))
  if (depth >= deepest) return `<code>${escaped(JSON.stringify(value))}</code>`
  if (Array.isArray(value)) {
    if (value.length === 0) return '–'
    const all = value.map(one => valueHtml(one, words, depth + 1))
    return value.some(one => typeof one === 'object')
      ? `<ul>${all.map(one => `<li>${one}</li>`).join('')}</ul>`
      : all.join(', ')
  }
  return factsHtml(value as Readonly<Record<string, unknown>>, words, depth + 1)
}

function factsHtml(record: Readonly<Record<string, unknown>>, words: CopyWords, depth: number): string {
  const facts = Object.entries(record).map(
    ([key, one]) => `<dt>${escaped(words.called(key))}</dt><dd dir="auto">${valueHtml(one, words, depth)}</dd>`,
  )
  return facts.length === 0 ? '–' : `<dl>${facts.join('')}</dl>`
}

/** Rows of a part that the page shows; the file beside it has them all. */
const shownRows = 500

function partHtml(name: string, value: unknown, words: CopyWords): string {
  if (Array.isArray(value) && value.length === 0) return ''
  const called = escaped(words.called(name))
  if (!Array.isArray(value))
    return `<h3>${called}</h3>${isRecord(value) ? factsHtml(value, words, 0) : `<p dir="auto">${valueHtml(value, words)}</p>`}`
  const rows = value.slice(0, shownRows) as unknown[]
  const keys = [...new Set(rows.flatMap(row => (isRecord(row) ? Object.keys(row) : [])))]
  const head = keys.map(key => `<th scope="col">${escaped(words.called(key))}</th>`).join('')
  const body = rows.map(row => {
    const cells = isRecord(row) ? keys.map(key => row[key]) : [row]
    return `<tr>${cells.map(one => `<td dir="auto">${valueHtml(one, words)}</td>`).join('')}</tr>`
  })
  const count = `<p class="count">${escaped(words.fill('copyRecords', { count: value.length }))}</p>`
  const more = value.length > shownRows ? `<p>${escaped(words.fill('copyMore', { count: value.length }))}</p>` : ''
  // Wide tables are moved inside their own frame, by keyboard too.
  return `<h3>${called}</h3>${count}<div class="wide" role="region" tabindex="0" aria-label="${called}"><table><thead><tr>${head}</tr></thead><tbody>${body.join('')}</tbody></table></div>${more}`
}

// Quiet, and readable on paper: the page is kept for years and must need nothing but a browser.
const style = `:root{color-scheme:light dark;--paper:#fdfcfa;--ink:#22201d;--soft:#5d5852;--line:#d9d4cc;--link:#24468f}
@media (prefers-color-scheme:dark){:root{--paper:#1b1a18;--ink:#eeebe6;--soft:#aca69e;--line:#45413c;--link:#a3bdf5}}
body{font:16px/1.6 system-ui,sans-serif;max-width:72rem;margin:2rem auto;padding:0 1rem;background:var(--paper);color:var(--ink)}
a{color:var(--link)}h1{font-size:1.9rem;line-height:1.25;overflow-wrap:anywhere}h2{margin-top:2.5rem;border-top:1px solid var(--line);padding-top:1rem}
h3{margin:1.6rem 0 .3rem;font-size:1rem}.count{margin:0;color:var(--soft);font-size:.9rem}.wide{overflow-x:auto}
nav ul{columns:15rem;padding-inline-start:1.2rem}table{border-collapse:collapse;font-size:.9rem}
th,td{text-align:start;vertical-align:top;padding:.35rem 1rem .35rem 0;border-bottom:1px solid var(--line)}
th{font-weight:600;color:var(--soft);white-space:nowrap}td{white-space:pre-wrap;overflow-wrap:break-word;min-width:4rem;max-width:30rem}
dl{display:grid;grid-template-columns:minmax(6rem,max-content) minmax(0,1fr);gap:.25rem 1rem;margin:.3rem 0}dt{color:var(--soft)}dd{margin:0;overflow-wrap:anywhere;white-space:pre-wrap}
td dl{display:block;min-width:9rem}td dt,td dd{display:inline}td dd::after{content:"\\A";white-space:pre}td ul,dd ul{margin:0;padding-inline-start:1.2rem}time{white-space:nowrap}code{overflow-wrap:anywhere;font-size:.85em}
@media print{.wide{overflow:visible}nav{display:none}}`

/** The page itself: every part in tables, in the person's language. `parts`: what each feature said. */
export function indexPage(
  words: CopyWords,
  about: { readonly name: string; readonly day: string; readonly files: readonly string[] },
  parts: readonly { readonly feature: string; readonly body: Readonly<Record<string, unknown>> }[],
): string {
  const title = escaped(words.fill('copyTitle', { name: about.name }))
  const shown = parts.flatMap(({ feature, body }) => {
    const inside = Object.entries(body).map(([name, value]) => partHtml(name, value, words))
    if (inside.every(one => one === '')) return []
    const called = escaped(words.fill(featureKey(feature)))
    const file = `<p><a href="${feature}.json" dir="ltr">${feature}.json</a></p>`
    return [
      { id: feature, called, html: `<section id="${feature}"><h2>${called}</h2>${inside.join('')}${file}</section>` },
    ]
  })
  if (about.files.length > 0) {
    const called = escaped(words.fill('copyFiles'))
    const files = about.files.map(
      name => `<li><a dir="auto" href="files/${encodeURIComponent(name)}">${escaped(name)}</a></li>`,
    )
    shown.push({
      id: '-files',
      called,
      html: `<section id="-files"><h2>${called}</h2><ul>${files.join('')}</ul></section>`,
    })
  }
  const contents = shown.map(({ id, called }) => `<li><a href="#${id}">${called}</a></li>`).join('')
  const label = escaped(words.fill('copyContents'))
  const lead = escaped(words.fill('copyLead', { day: about.day }))
  return `<!doctype html><html lang="${words.locale}" dir="${words.dir}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title><style>${style}</style></head><body><main><h1>${title}</h1><p>${lead}</p><nav aria-label="${label}"><ul>${contents}</ul></nav>${shown.map(one => one.html).join('')}</main></body></html>`
}
