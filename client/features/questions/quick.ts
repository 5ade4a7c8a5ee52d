// Reads a question typed on the spot: the prompt, then one answer a line, a star before what is right. Pure.
import type { ActivityKindName } from '#protocol/activities/registry.ts'
import type { WrittenQuestion } from '#protocol/question-types/registry.ts'
import { longestShort } from '#protocol/question-types/short-text.ts'
import { tidyLine } from '#protocol/question-types/typed.ts'
import { readTyped } from './numbers.ts'

/** Why the text is no question yet. */
export type QuickGap = 'noPrompt' | 'tooFew' | 'tooMany' | 'tooLong'

export type QuickQuestion =
  | { readonly ok: true; readonly kind: ActivityKindName; readonly question: WrittenQuestion }
  | { readonly ok: false; readonly gap: QuickGap }

const most = 6

/** "= 12 ± 0.5 cm" as a number with its tolerance and unit; undefined for a wording. */
function readNumber(prompt: string, line: string): WrittenQuestion | undefined {
  const [first = '', second] = line.split(/±|\+\/-/)
  // What is no figure at the end is the unit, also behind the tolerance.
  const withUnit = (text: string) => /^(.*?[\d.,])\s*([^\d.,\s][^\d]*)?$/u.exec(text.trim())
  const [, typed = '', unitHere = ''] = withUnit(first) ?? []
  const value = readTyped(typed)
  if (value === undefined) return undefined
  const [, off = '0', unitThere = ''] = (second === undefined ? null : withUnit(second)) ?? []
  const tolerance = readTyped(off)
  if (tolerance === undefined || tolerance.startsWith('-')) return undefined
  const percent = second !== undefined && unitThere.trim().startsWith('%')
  const unit = tidyLine(percent ? unitHere || unitThere.trim().slice(1) : unitThere || unitHere).slice(0, 40)
  return {
    type: 'numeric',
    body: { prompt, ...(unit && { unit }) },
    key: { value, tolerance, toleranceIn: percent ? 'percent' : 'absolute' },
  }
}

/** What follows the = signs: a number, or the wordings that are right. */
function readTypedAnswer(prompt: string, lines: readonly string[]): QuickQuestion {
  const accepted = lines.map(one => tidyLine(one.replace(/^=+/, ''))).filter(one => /[^* ]/.test(one))
  const [only] = accepted
  if (only === undefined) return { ok: false, gap: 'tooFew' }
  if (prompt.length > 2_000 || accepted.some(one => one.length > longestShort)) return { ok: false, gap: 'tooLong' }
  const number = accepted.length === 1 ? readNumber(prompt, only) : undefined
  if (number) return { ok: true, kind: 'quiz', question: number }
  const key = { accepted: [...new Set(accepted)].slice(0, 50), ignores: ['case' as const, 'accents' as const] }
  return { ok: true, kind: 'quiz', question: { type: 'short-text', body: { prompt }, key } }
}

/** Lines that ask for learners' own words. */
const ownWords: Readonly<Record<string, ActivityKindName>> = { '#': 'word-cloud', '...': 'open-text', '…': 'open-text' }

/**
 * Nothing marked: a poll. One marked: single choice. Several: multiple choice. Answers "True" and "False" alone make
 * a true-or-false question. A poll's key names its first option and is never used. Lines that begin with = are what is
 * right of a typed answer; a # alone asks for words, three dots for a text.
 */
export function readQuick(text: string): QuickQuestion {
  const lines = text
    .split('\n')
    .map(one => one.trim())
    .filter(one => one !== '')
  const [prompt, ...rest] = lines
  if (prompt === undefined || /^[*=]/.test(prompt)) return { ok: false, gap: 'noPrompt' }
  const own = rest.length === 1 ? ownWords[rest[0] ?? ''] : undefined
  if (own) {
    if (prompt.length > 2_000) return { ok: false, gap: 'tooLong' }
    return { ok: true, kind: own, question: { type: 'open', body: { prompt }, key: {} } }
  }
  if (rest.length > 0 && rest.every(one => one.startsWith('='))) return readTypedAnswer(prompt, rest)
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
  typed: ['= '],
  words: ['#'],
  text: ['...'],
} as const
export type PresetName = keyof typeof presets

/** Keeps the first line and replaces the answers by the preset's. */
export const withPreset = (text: string, preset: PresetName): string =>
  [text.split('\n')[0]?.trim() ?? '', ...presets[preset]].join('\n')
