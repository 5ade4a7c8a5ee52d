// Begins a course anew: says first how much would go, part by part, and asks for the title, because nothing brings it back.
import { useState } from 'preact/hooks'
import { request } from '#client/platform/call.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { type TextKey, t } from '#client/platform/texts.ts'
import { useLoad } from '#client/platform/use-load.ts'
import { Banner } from '#client/ui/Banner.tsx'
import { Button } from '#client/ui/Button.tsx'
import { Checkbox } from '#client/ui/Choice.tsx'
import { Dialog } from '#client/ui/Dialog.tsx'
import { ErrorState } from '#client/ui/ErrorState.tsx'
import { Field } from '#client/ui/Field.tsx'
import { Form, FormActions, type FormError } from '#client/ui/Form.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import { showToast } from '#client/ui/Toast.tsx'
import { type ResetPart, resetParts, resetRoutes } from '#protocol/courses/reset.ts'
import type { Course } from '#protocol/courses.ts'

interface ResetDialogProps {
  readonly course: Course
  readonly onClose: () => void
}

const names = {
  people: 'courses.resetPeople',
  work: 'courses.resetWork',
  marks: 'courses.resetMarks',
  classes: 'courses.resetClasses',
} as const satisfies Record<ResetPart, TextKey>

export function ResetDialog({ course, onClose }: ResetDialogProps) {
  const { id: courseId, title } = course
  const tried = useLoad(courseId, () => request(resetRoutes.reset, { courseId, how: 'try', parts: [...resetParts] }))
  const [parts, setParts] = useState<ReadonlySet<ResetPart>>(new Set(resetParts))
  const [typed, setTyped] = useState('')
  const [errors, setErrors] = useState<readonly FormError[]>([])
  const [busy, setBusy] = useState(false)
  const counts = tried.value?.counts
  const errorOf = (name: string) => errors.find(one => one.name === name)?.message

  const turn = (part: ResetPart, on: boolean) => {
    const next = new Set(parts)
    if (on) next.add(part)
    else next.delete(part)
    setParts(next)
  }
  const reset = async () => {
    if (typed.trim() !== title.trim()) return setErrors([{ name: 'title', message: t('courses.resetOther') }])
    if (parts.size === 0) return setErrors([{ name: 'title', message: t('courses.resetNothing') }])
    setBusy(true)
    try {
      await request(resetRoutes.reset, { courseId, how: 'make', parts: [...parts], title: typed })
      showToast({ text: t('courses.resetDone', { title }) })
      onClose()
    } catch (error) {
      setErrors([{ name: 'title', message: problemWords(error) }])
      setBusy(false)
    }
  }

  return (
    <Dialog open onClose={onClose} title={t('courses.resetTitle', { title })}>
      <Form onSubmit={() => void reset()} errors={errors}>
        <Banner tone="warn" title={t('courses.resetForGood')}>
          {t('courses.resetLead')}
        </Banner>
        {counts ? (
          <fieldset class="reset-parts">
            <legend>{t('courses.resetWhat')}</legend>
            {resetParts.map(part => (
              <Checkbox
                key={part}
                name={part}
                label={t(names[part], { count: counts[part] })}
                checked={parts.has(part)}
                onChecked={on => turn(part, on)}
              />
            ))}
          </fieldset>
        ) : tried.problem ? (
          <ErrorState title={t('courses.resetFailed')} detail={problemWords(tried.problem)} onRetry={tried.reload} />
        ) : (
          <Skeleton form="rows" count={4} />
        )}
        <Field
          name="title"
          label={t('courses.resetType', { title })}
          value={typed}
          onValue={setTyped}
          autocomplete="off"
          error={errorOf('title')}
        />
        <FormActions>
          <Button onClick={onClose}>{t('ui.cancel')}</Button>
          <Button type="submit" kind="danger" busy={busy} disabled={!counts}>
            {t('courses.resetAct')}
          </Button>
        </FormActions>
      </Form>
    </Dialog>
  )
}
