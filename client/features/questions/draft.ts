// A question while it is written: any state may stand in it; it says what is missing and becomes a question when
// nothing is. What one type needs is kept while another is tried. Pure.

import type { QuestionTypeName, WrittenQuestion } from '#protocol/question-types/registry.ts'
import type { Ignorable } from '#protocol/question-types/short-text.ts'
import { tidyLine } from '#protocol/question-types/typed.ts'
import { readTyped, typedOf } from './numbers.ts'

export interface QuestionDraft {
  readonly type: QuestionTypeName
  readonly prompt: string
  readonly options: readonly { readonly id: string; readonly text: string }[]
  readonly right: readonly string[]
  /** A number as it is typed, its tolerance and its unit. */
  readonly value: string
  readonly tolerance: string
  readonly toleranceIn: 'absolute' | 'percent'
  readonly unit: string
  /** One accepted answer a line. */
  readonly accepted: string
  readonly ignores: readonly Ignorable[]
}

export interface DraftGaps {
  readonly prompt: boolean
  /** Ids of the options without words. */
  readonly options: readonly string[]
  readonly right: boolean
  readonly value: boolean
  readonly tolerance: boolean
}

/** An empty question with two answers. */
export const newDraft = (type: QuestionTypeName = 'single'): QuestionDraft => ({
  type,
  prompt: '',
  options: [
    { id: 'o1', text: '' },
    { id: 'o2', text: '' },
  ],
  right: [],
  value: '',
  tolerance: '0',
  toleranceIn: 'absolute',
  unit: '',
  accepted: '',
  ignores: ['case', 'accents'],
})

/** The draft of a question that exists. */
export function draftOf(question: WrittenQuestion): QuestionDraft {
  const draft: QuestionDraft = { ...newDraft(question.type), prompt: question.body.prompt }
  switch (question.type) {
    case 'true-false':
      return { ...draft, right: question.key.optionIds }
    case 'numeric': {
      const { value, tolerance, toleranceIn } = question.key
      const unit = question.body.unit ?? ''
      return { ...draft, value: typedOf(value), tolerance: typedOf(tolerance), toleranceIn, unit }
    }
    case 'short-text':
      return { ...draft, accepted: question.key.accepted.join('\n'), ignores: question.key.ignores }
    case 'open':
      return draft
    default:
      return { ...draft, options: question.body.options, right: question.key.optionIds }
  }
}

/** The next id that no option has. */
export function nextOptionId(options: readonly { readonly id: string }[]): string {
  const most = Math.max(0, ...options.map(one => Number(/^o(\d+)$/.exec(one.id)?.[1] ?? 0)))
  return `o${most + 1}`
}

/** Changes the type and keeps as much of the key as fits. */
export function withType(draft: QuestionDraft, type: QuestionTypeName): QuestionDraft {
  if (type === 'true-false') return { ...draft, type, right: draft.right.filter(id => id === 'true' || id === 'false') }
  const known = draft.right.filter(id => draft.options.some(one => one.id === id))
  return { ...draft, type, right: type === 'multiple' ? known : known.slice(0, 1) }
}

/** Marks an option as right; in a single choice it takes the mark from the others. */
export const toggleRight = (draft: QuestionDraft, id: string): QuestionDraft => ({
  ...draft,
  right:
    draft.type === 'multiple'
      ? draft.right.includes(id)
        ? draft.right.filter(one => one !== id)
        : [...draft.right, id]
      : [id],
})

/** The accepted answers of a draft, without empty lines and repetitions. */
export const acceptedOf = ({ accepted }: QuestionDraft): readonly string[] => [
  ...new Set(
    accepted
      .split('\n')
      .map(tidyLine)
      .filter(one => one !== ''),
  ),
]

type Read = { readonly ok: true; readonly question: WrittenQuestion } | { readonly ok: false; readonly gaps: DraftGaps }
/** Whether something has to be right, or (a poll) nothing has. */
export type Keyed = 'keyed' | 'without key'
type Reader = (draft: QuestionDraft, prompt: string, key: Keyed) => { gaps: Partial<DraftGaps> } | WrittenQuestion

const readChoice =
  (type: 'single' | 'multiple'): Reader =>
  (draft, prompt, key) => {
    const options = draft.options.map(one => ({ id: one.id, text: one.text.trim() }))
    const empty = options.filter(one => one.text === '').map(one => one.id)
    const right = key === 'keyed' && draft.right.length === 0
    if (empty.length > 0 || right) return { gaps: { options: empty, right } }
    // Without a key (a poll) it names the first option and is never used.
    const optionIds = key === 'keyed' ? [...draft.right] : options.slice(0, 1).map(one => one.id)
    return { type, body: { prompt, options }, key: { optionIds } }
  }

const readers: Readonly<Record<QuestionTypeName, Reader>> = {
  single: readChoice('single'),
  multiple: readChoice('multiple'),
  'true-false': (draft, prompt, key) => {
    if (key === 'keyed' && draft.right.length === 0) return { gaps: { right: true } }
    const id = draft.right[0] === 'false' ? 'false' : 'true'
    return { type: 'true-false', body: { prompt }, key: { optionIds: [id] } }
  },
  numeric: (draft, prompt) => {
    const value = readTyped(draft.value)
    const tolerance = readTyped(draft.tolerance.trim() === '' ? '0' : draft.tolerance)
    const narrow = tolerance === undefined || tolerance.startsWith('-')
    if (value === undefined || narrow) return { gaps: { value: value === undefined, tolerance: narrow } }
    const unit = tidyLine(draft.unit)
    const { toleranceIn } = draft
    return { type: 'numeric', body: { prompt, ...(unit && { unit }) }, key: { value, tolerance, toleranceIn } }
  },
  'short-text': (draft, prompt) => {
    const accepted = [...acceptedOf(draft)]
    if (!accepted.some(one => /[^* ]/.test(one))) return { gaps: { right: true } }
    return { type: 'short-text', body: { prompt }, key: { accepted, ignores: [...draft.ignores] } }
  },
  open: (_draft, prompt) => ({ type: 'open', body: { prompt }, key: {} }),
}

/** The question, or what is missing. */
export function readDraft(draft: QuestionDraft, key: Keyed): Read {
  const prompt = draft.prompt.trim()
  const read = readers[draft.type](draft, prompt, key)
  const whole = { prompt: prompt === '', options: [], right: false, value: false, tolerance: false }
  if ('gaps' in read) return { ok: false, gaps: { ...whole, ...read.gaps } }
  return whole.prompt ? { ok: false, gaps: whole } : { ok: true, question: read }
}
