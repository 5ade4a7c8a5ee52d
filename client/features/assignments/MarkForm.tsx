// Gives a mark: points and a comment, saved when asked, taken back with undo. Somebody who marked meanwhile is told of, and
// what stands in the form is never lost.
import { Check } from 'lucide-preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { lateWords } from '#client/features/grades/late.ts'
import { score as shownScore } from '#client/features/grades/numbers.ts'
import { ClientProblem } from '#client/platform/problem.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { Banner } from '#client/ui/Banner.tsx'
import { Button } from '#client/ui/Button.tsx'
import { Checkbox } from '#client/ui/Choice.tsx'
import { Field } from '#client/ui/Field.tsx'
import { Form, FormActions, type FormError } from '#client/ui/Form.tsx'
import { showToast } from '#client/ui/Toast.tsx'
import { longestComment, longestReason, type Mark } from '#protocol/assignments/submissions.ts'
import { gradeAfter, type LatePolicy, penaltyOf } from '#protocol/grades/late.ts'
import { giveMark, type OfAssignment, type Read } from './store.ts'

interface MarkFormProps {
  readonly of: OfAssignment
  readonly read: Read
  readonly points: string
  readonly policy: LatePolicy
  readonly onSaved: () => void
  /** Goes on to the next one; only where there is one. */
  readonly onNext?: (() => void) | undefined
}

interface Conflicting {
  readonly mark: Mark | null
  readonly version: number
}

const typedOf = (mark: Mark | null) => ({
  ...{ points: mark?.score ?? '', comment: mark?.comment ?? '' },
  ...{ waives: mark?.waived != null, reason: mark?.waived ?? '' },
})

export function MarkForm({ of, read, points, policy, onSaved, onNext }: MarkFormProps) {
  const { accountId, name } = read
  const [typed, setTyped] = useState(() => typedOf(read.mark))
  const [busy, setBusy] = useState<'save' | 'next' | 'withdraw'>()
  const [errors, setErrors] = useState<readonly FormError[]>([])
  const [problem, setProblem] = useState<string>()
  const [conflict, setConflict] = useState<Conflicting>()
  // What the form was filled from: a mark of somebody else comes into a form nobody has touched.
  const filled = useRef(read)
  const touched = JSON.stringify(typed) !== JSON.stringify(typedOf(filled.current.mark))
  useEffect(() => {
    if (touched || read.version === filled.current.version) return
    filled.current = read
    setTyped(typedOf(read.mark))
  }, [read.version])
  const newer = touched && read.version !== filled.current.version
  // Lateness that costs nothing has nothing to waive.
  const costs = read.lateSeconds !== null && penaltyOf(policy, read.lateSeconds) !== '0'
  const told = conflict ?? (newer ? { mark: read.mark, version: read.version } : undefined)

  const write = async (
    given: { readonly score: string | null; readonly comment: string; readonly waived?: string | null | undefined },
    version: number,
  ) => giveMark({ ...of, accountId, version, ...given })

  /** Undo puts back what was there before. */
  const offerUndo = (text: string, before: Mark | null, version: number) =>
    showToast({
      text,
      onUndo: () =>
        void write(
          { score: before?.score ?? null, comment: before?.comment ?? '', waived: before?.waived ?? null },
          version,
        ).then(
          () => {
            showToast({ text: t('assignments.markUndone') })
            onSaved()
          },
          error => showToast({ text: problemWords(error), tone: 'bad' }),
        ),
    })

  const save = async (then: 'save' | 'next' | 'withdraw') => {
    const score = then === 'withdraw' ? null : typed.points.trim().replace(',', '.')
    const fits = score === null || (/^\d{1,9}(\.\d{1,2})?$/.test(score) && Number(score) <= Number(points))
    // Where its lateness costs nothing now, a waiver of before stays as it is.
    const waived = !costs ? undefined : typed.waives ? typed.reason.trim() : null
    const wrong: FormError[] = []
    if (!fits) wrong.push({ name: 'points', message: t('assignments.scoreMissing', { points: shownScore(points) }) })
    if (then !== 'withdraw' && waived === '') wrong.push({ name: 'reason', message: t('grading.waiveReasonMissing') })
    setErrors(wrong)
    setProblem(undefined)
    if (wrong.length > 0) return
    setBusy(then)
    const before = filled.current.mark
    try {
      const given = score === null ? { score, comment: '' } : { score, comment: typed.comment, waived }
      const saved = await write(given, filled.current.version)
      filled.current = { ...read, ...saved }
      setTyped(typedOf(saved.mark))
      setConflict(undefined)
      offerUndo(
        saved.mark === null
          ? t('assignments.markWithdrawn', { name })
          : t('assignments.markSaved', { name, score: shownScore(saved.mark.score), points: shownScore(points) }),
        before,
        saved.version,
      )
      onSaved()
      if (then === 'next') onNext?.()
    } catch (error) {
      if (error instanceof ClientProblem && error.code === 'conflict') {
        setConflict(error.params.current as Conflicting)
        onSaved()
      } else setProblem(problemWords(error))
    }
    setBusy(undefined)
  }

  return (
    <Form onSubmit={() => void save('save')} errors={errors} problem={problem}>
      {told && (
        <Banner
          tone="warn"
          title={t('assignments.markConflict')}
          action={
            <Button
              size="small"
              onClick={() => {
                // From here on the form stands on what is there now.
                filled.current = { ...read, mark: told.mark, version: told.version }
                setConflict(undefined)
                onSaved()
              }}
            >
              {t('assignments.markConflictShow')}
            </Button>
          }
        >
          {told.mark
            ? t('assignments.markConflictMark', { score: shownScore(told.mark.score) })
            : t('assignments.markConflictHandIn')}
        </Banner>
      )}
      <Field
        name="points"
        label={t('assignments.pointsOf', { points: shownScore(points) })}
        inputMode="decimal"
        value={typed.points}
        onValue={value => setTyped({ ...typed, points: value })}
        error={errors.find(one => one.name === 'points')?.message}
        maxLength={12}
      />
      <Field
        type="textarea"
        name="comment"
        label={t('assignments.comment')}
        optional
        rows={6}
        value={typed.comment}
        onValue={comment => setTyped({ ...typed, comment })}
        maxLength={longestComment}
      />
      {costs && (
        <Waiver
          typed={typed}
          set={part => setTyped({ ...typed, ...part })}
          lateness={{ policy, seconds: read.lateSeconds ?? 0, points }}
          error={errors.find(one => one.name === 'reason')?.message}
        />
      )}
      <p class="muted">{t('assignments.markLead')}</p>
      <FormActions>
        {read.mark && (
          <Button kind="quiet" busy={busy === 'withdraw'} onClick={() => void save('withdraw')}>
            {t('assignments.withdraw')}
          </Button>
        )}
        <Button type="submit" busy={busy === 'save'} kind={onNext ? 'plain' : 'primary'} icon={Check}>
          {t('assignments.saveMark')}
        </Button>
        {onNext && (
          <Button kind="primary" busy={busy === 'next'} onClick={() => void save('next')}>
            {t('assignments.saveNext')}
          </Button>
        )}
      </FormActions>
    </Form>
  )
}

interface WaiverProps {
  readonly typed: ReturnType<typeof typedOf>
  readonly set: (part: Partial<ReturnType<typeof typedOf>>) => void
  readonly lateness: { readonly policy: LatePolicy; readonly seconds: number; readonly points: string }
  readonly error: string | undefined
}

/** What the lateness takes off the mark as it is typed, and the way to let it take nothing. */
function Waiver({ typed, set, lateness: { policy, seconds, points }, error }: WaiverProps) {
  const score = typed.points.trim().replace(',', '.')
  const fits = /^\d{1,9}(\.\d{1,2})?$/.test(score) && Number(score) <= Number(points)
  const { grade, deducted } = gradeAfter(policy, { score: fits ? score : points, points, seconds })
  const late = lateWords(seconds)
  return (
    <div class="stack-tight">
      {!typed.waives && (
        <p class="figures" role="status">
          {Number(deducted) === 0
            ? t('grading.lateTookNothing', { late })
            : t('grading.lateTook', { late, points: shownScore(deducted) })}
          {fits && ` · ${t('grading.gradeNow', { grade: shownScore(grade), points: shownScore(points) })}`}
        </p>
      )}
      <Checkbox label={t('grading.waive')} checked={typed.waives} onChecked={waives => set({ waives })} />
      {typed.waives && (
        <Field
          name="reason"
          label={t('grading.waiveReason')}
          hint={t('grading.waiveReasonHint')}
          value={typed.reason}
          onValue={reason => set({ reason })}
          error={error}
          maxLength={longestReason}
        />
      )}
    </div>
  )
}
