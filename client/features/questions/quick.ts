// Reads a question typed on the spot: the prompt, then one answer a line, a star before what is right. Pure.
import type { WrittenQuestion } from '#protocol/question-types/registry.ts'

/** Why the text is no question yet. */
export type QuickGap = 'noPrompt' | 'tooFew' | 'tooMany' | 'tooLong'

export type QuickQuestion =
  | { readonly ok: true; readonly kind: 'quiz' | 'poll'; readonly question: WrittenQuestion }
  | { readonly ok: false; readonly gap: QuickGap }

const most = 6

/**
 * Nothing marked: a poll. One marked: single choice. Several: multiple choice. Answers "True" and "False" alone make
 * a true-or-false question. A poll's key names its first option and is never used.
 */
export function readQuick(text: string): QuickQuestion {
  const lines = text
    .split('\n')
    .map(one => one.trim())
    .filter(one => one !== '')
  const [prompt, ...rest] = lines
  if (prompt === undefined || /^\*/.test(prompt)) return { ok: false, gap: 'noPrompt' }
  const options = rest
    .map(one => ({ right: /^\*|\*$/.test(one), text: one.replace(/^\*+\s*|\s*\*+$/g, '').trim() }))
    .filter(one => one.text !== '')
    .map((one, index) => ({ ...one, id: `o${index + 1}` }))
  if (options.length < 2) return { ok: false, gap: 'tooFew' }
  if (options.length > most) return { ok: false, gap: 'tooMany' }
  if (prompt.length > 2_000 || options.some(one => one.text.length > 500)) return { ok: false, gap: 'tooLong' }

  const right = options.filter(one => one.right)
  const kind = right.length === 0 ? 'poll' : 'quiz'
  const names = options.map(one => one.text.toLowerCase())
  if (kind === 'quiz' && names.join() === 'true,false' && right.length === 1) {
    const id = right[0]?.text.toLowerCase() === 'true' ? 'true' : 'false'
    return { ok: true, kind, question: { type: 'true-false', body: { prompt }, key: { optionIds: [id] } } }
  }
  const body = { prompt, options: options.map(({ id, text: words }) => ({ id, text: words })) }
  const key = { optionIds: (right.length > 0 ? right : options.slice(0, 1)).map(one => one.id) }
  return { ok: true, kind, question: { type: right.length > 1 ? 'multiple' : 'single', body, key } }
}

/** The answers of a preset, to stand under the prompt that is there already. */
export const presets = {
  trueFalse: ['* True', 'False'],
  letters: ['A', 'B', 'C', 'D'],
  yesNo: ['Yes', 'No'],
} as const
export type PresetName = keyof typeof presets

/** Keeps the first line and replaces the answers by the preset's. */
export const withPreset = (text: string, preset: PresetName): string =>
  [text.split('\n')[0]?.trim() ?? '', ...presets[preset]].join('\n')
