// A question while it is written: any state may stand in it; it says what is missing and becomes a question when
// nothing is. Pure.
import type { QuestionTypeName, WrittenQuestion } from '#protocol/question-types/registry.ts'

export interface QuestionDraft {
  readonly type: QuestionTypeName
  readonly prompt: string
  readonly options: readonly { readonly id: string; readonly text: string }[]
  readonly right: readonly string[]
}

export interface DraftGaps {
  readonly prompt: boolean
  /** Ids of the options without words. */
  readonly options: readonly string[]
  readonly right: boolean
}

/** An empty question with two answers. */
export const newDraft = (): QuestionDraft => ({
  type: 'single',
  prompt: '',
  options: [
    { id: 'o1', text: '' },
    { id: 'o2', text: '' },
  ],
  right: [],
})

/** The draft of a question that exists. */
export const draftOf = (question: WrittenQuestion): QuestionDraft => ({
  type: question.type,
  prompt: question.body.prompt,
  options: question.type === 'true-false' ? newDraft().options : question.body.options,
  right: question.key.optionIds,
})

/** The next id that no option has. */
export function nextOptionId(options: readonly { readonly id: string }[]): string {
  const most = Math.max(0, ...options.map(one => Number(/^o(\d+)$/.exec(one.id)?.[1] ?? 0)))
  return `o${most + 1}`
}

/** Changes the type and keeps as much of the key as fits. */
export function withType(draft: QuestionDraft, type: QuestionTypeName): QuestionDraft {
  if (type === 'true-false') return { ...draft, type, right: draft.right.filter(id => id === 'true' || id === 'false') }
  const known = draft.right.filter(id => draft.options.some(one => one.id === id))
  return { ...draft, type, right: type === 'single' ? known.slice(0, 1) : known }
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

/** The question, or what is missing. Without `keyed` (a poll) the key names the first option and is never used. */
export function readDraft(
  draft: QuestionDraft,
  keyed: boolean,
): { readonly ok: true; readonly question: WrittenQuestion } | { readonly ok: false; readonly gaps: DraftGaps } {
  const prompt = draft.prompt.trim()
  const options = draft.options.map(one => ({ id: one.id, text: one.text.trim() }))
  const fixed = draft.type === 'true-false'
  const gaps: DraftGaps = {
    prompt: prompt === '',
    options: fixed ? [] : options.filter(one => one.text === '').map(one => one.id),
    right: keyed && draft.right.length === 0,
  }
  if (gaps.prompt || gaps.options.length > 0 || gaps.right) return { ok: false, gaps }
  if (fixed) {
    const id = draft.right[0] === 'false' ? 'false' : 'true'
    return { ok: true, question: { type: 'true-false', body: { prompt }, key: { optionIds: [id] } } }
  }
  const optionIds = keyed ? [...draft.right] : options.slice(0, 1).map(one => one.id)
  const type = draft.type === 'multiple' ? 'multiple' : 'single'
  return { ok: true, question: { type, body: { prompt, options }, key: { optionIds } } }
}
