// Captions as they are brought and kept: WebVTT (https://www.w3.org/TR/webvtt1/) or SubRip, told apart by how they begin.
// How a browser reads them is the browser's affair: here they are only made one form, counted and searched. Pure.

/** Characters of one line at most: nobody reads more at once. */
const longestLine = 10_000

const timing = /^((?:\d{2,}:)?\d{2}:\d{2})[.,](\d{3})[ \t]+-->[ \t]+((?:\d{2,}:)?\d{2}:\d{2})[.,](\d{3})(.*)$/

export interface ReadCaptions {
  /** WebVTT. */
  readonly text: string
  readonly cues: number
  /** What is said, without times, marks and notes: for the search. */
  readonly words: string
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', nbsp: ' ', lrm: '', rlm: '' }

const spoken = (line: string): string =>
  line.replace(/<[^<>]*>/g, '').replace(/&([a-z]+);/g, (all, name: string) => entities[name] ?? all)

/**
 * What was brought, as WebVTT; undefined when there is no caption in it, or a line that nobody could read. SubRip differs
 * by its commas and has no head; its numbers are names of cues in WebVTT.
 */
export function readCaptions(brought: string): ReadCaptions | undefined {
  const lines = brought
    .replace(/^\uFEFF/, '')
    .replaceAll('\0', '\uFFFD')
    .split(/\r\n|\n|\r/)
  if (lines.some(line => line.length > longestLine)) return undefined
  const isVtt = /^WEBVTT(?:[ \t]|$)/.test(lines[0] ?? '')
  const said: string[] = []
  let cues = 0
  let inCue = false
  const kept = lines.map(line => {
    const found = timing.exec(line)
    if (found) {
      inCue = true
      cues++
      const [, from, fromMs, to, toMs, settings = ''] = found
      return isVtt ? line : `${from}.${fromMs} --> ${to}.${toMs}${settings}`
    }
    if (line.trim() === '') inCue = false
    // An arrow in what is said would be taken for a time.
    const safe = isVtt ? line : line.replaceAll('-->', '→')
    if (inCue) said.push(spoken(safe).trim())
    return safe
  })
  if (cues === 0) return undefined
  const text = kept.join('\n').trimEnd()
  return { text: `${isVtt ? '' : 'WEBVTT\n\n'}${text}\n`, cues, words: said.filter(line => line !== '').join(' ') }
}
