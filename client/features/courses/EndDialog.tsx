// Until when somebody is in a course: its last day, or no end.
import { useState } from 'preact/hooks'
import { dayWord } from '#client/platform/dates.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { Button } from '#client/ui/Button.tsx'
import { Dialog } from '#client/ui/Dialog.tsx'
import { Field } from '#client/ui/Field.tsx'
import { Form, type FormError } from '#client/ui/Form.tsx'
import { showToast } from '#client/ui/Toast.tsx'
import { dayIn } from '#protocol/base/days.ts'
import type { CoursePerson } from '#protocol/courses/people.ts'
import { attempt, type CourseId, changeEnd } from './store.ts'

interface EndDialogProps {
  readonly courseId: CourseId
  readonly person: CoursePerson
  /** IANA name: the day is one of the course's own. */
  readonly timeZone: string
  readonly onClose: () => void
}

/** The last day (YYYY-MM-DD) of a time that is over at `endsAt`; empty without one. */
export const lastDay = (endsAt: string | null, timeZone: string): string =>
  endsAt === null ? '' : dayIn(timeZone, Date.parse(endsAt) - 1)

/** Mounted while it is open. */
export function EndDialog({ courseId, person, timeZone, onClose }: EndDialogProps) {
  const before = lastDay(person.endsAt, timeZone)
  const [day, setDay] = useState(before)
  const [errors, setErrors] = useState<readonly FormError[]>([])
  const [busy, setBusy] = useState(false)
  const { accountId, name } = person

  const set = (endsOn: string) => changeEnd({ courseId, accountId, endsOn: endsOn || null })
  const save = async () => {
    setBusy(true)
    try {
      await set(day)
      onClose()
      showToast({
        text: day
          ? t('courses.endSet', { name, date: dayWord(`${day}T12:00:00.000Z`, undefined, 'UTC') })
          : t('courses.endCleared', { name }),
        onUndo: () => void attempt(() => set(before)),
      })
    } catch (error) {
      setErrors([{ name: 'endsOn', message: problemWords(error) }])
    } finally {
      setBusy(false)
    }
  }
  return (
    <Dialog open onClose={onClose} title={t('courses.endOf', { name })}>
      <Form onSubmit={save} errors={errors}>
        <Field
          type="date"
          name="endsOn"
          label={t('courses.endLabel')}
          hint={t('courses.endHint')}
          min={dayIn(timeZone, Date.now())}
          value={day}
          onValue={setDay}
          error={errors[0]?.message}
          autoFocus
        />
        <div class="form-actions">
          <Button onClick={onClose}>{t('ui.cancel')}</Button>
          <Button kind="primary" type="submit" busy={busy}>
            {t('courses.save')}
          </Button>
        </div>
      </Form>
    </Dialog>
  )
}
