// How a course grades, for its page: saved in parts, each with the way back, after a look at whose grades change.
import { useEffect, useState } from 'preact/hooks'
import { request } from '#client/platform/call.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { showToast, type ToastWords } from '#client/ui/Toast.tsx'
import type { InputBefore } from '#protocol/base/call.ts'
import type { Grading, GradingChange } from '#protocol/grades/grading.ts'
import type { LatePolicy } from '#protocol/grades/late.ts'
import { type GradeChanges, gradeRoutes } from '#protocol/grades.ts'

type Change = InputBefore<typeof gradeRoutes.changeGrading>
type Preview = InputBefore<typeof gradeRoutes.previewGrading>

/** The notice before: its way back would lead past what was done since. */
let earlier: () => void = () => undefined

function say(words: ToastWords): void {
  earlier()
  earlier = showToast(words)
}

const write = (courseId: string, version: number, change: GradingChange): Promise<Grading> =>
  request(gradeRoutes.changeGrading, { courseId, version, ...change } as unknown as Change)

/** Whose grade another late policy would change. */
export const previewPolicy = (courseId: string, late: LatePolicy): Promise<GradeChanges> =>
  request(gradeRoutes.previewGrading, { courseId, late } as Preview)

/** Saves a part of it, with the way back to what it was. Throws what the server refuses. */
export async function saveGrading(
  courseId: string,
  before: Grading,
  change: GradingChange,
  words: string = t('grading.saved'),
): Promise<Grading> {
  const after = await write(courseId, before.version, change)
  const { version: _version, ...all } = before
  // Only what was changed goes back, so that what others did since to the rest stays.
  const back = Object.fromEntries(Object.entries(all).filter(([key]) => key in change)) as GradingChange
  say({
    text: words,
    onUndo: () =>
      void write(courseId, after.version, back).then(
        () => say({ text: t('grading.undone') }),
        error => say({ text: problemWords(error), tone: 'bad' }),
      ),
  })
  return after
}

interface Typed<Value> {
  readonly typed: Value
  /** What it was begun with. */
  readonly from: string
  /** What still holds here after a saving, until word of it comes back. */
  readonly past: string | undefined
}

/**
 * What is typed over a part that others may change meanwhile: it follows while nobody has touched it. `newer`: what holds is
 * another one than what was begun with; `follow` takes that in.
 */
export function useTyped<Value>(holds: Value): {
  readonly typed: Value
  readonly set: (next: Value) => void
  readonly newer: boolean
  readonly follow: (to?: Value) => void
} {
  const key = JSON.stringify(holds)
  const [state, setState] = useState<Typed<Value>>({ typed: holds, from: key, past: undefined })
  const touched = JSON.stringify(state.typed) !== state.from
  const newer = key !== state.from && key !== state.past
  useEffect(() => {
    if (newer && !touched) setState({ typed: holds, from: key, past: undefined })
    // What was saved has come back: what held before it may come again, as by an undo.
    else if (key === state.from && state.past !== undefined) setState(now => ({ ...now, past: undefined }))
  }, [key, touched, newer])
  return {
    typed: state.typed,
    set: typed => setState(now => ({ ...now, typed })),
    newer: newer && touched && key !== JSON.stringify(state.typed),
    follow: (to = holds) => {
      const from = JSON.stringify(to)
      setState({ typed: to, from, past: from === key ? undefined : key })
    },
  }
}
