// Before a column is released: how many learners see it then; at once, or at a time in the zone of the course.
import { useState } from 'preact/hooks'
import { momentIn } from '#client/features/activities/due.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { serverNow } from '#client/platform/realtime.ts'
import { region, t } from '#client/platform/texts.ts'
import { useLoad } from '#client/platform/use-load.ts'
import { Button } from '#client/ui/Button.tsx'
import { RadioGroup } from '#client/ui/Choice.tsx'
import { Dialog } from '#client/ui/Dialog.tsx'
import { Field } from '#client/ui/Field.tsx'
import { Form, type FormError } from '#client/ui/Form.tsx'
import { dayIn, instantIn } from '#protocol/base/days.ts'
import type { GradeItem } from '#protocol/grades.ts'
import { planRelease, previewRelease, release } from './release.ts'
import './Release.css'

export type ReleaseDialogProps = {
  readonly item: GradeItem
  readonly zone: string
  readonly onClose: () => void
}

const day = 86_400_000

/** Open while it is mounted. */
export function ReleaseDialog({ item, zone, onClose }: ReleaseDialogProps) {
  const people = useLoad(item.id, () => previewRelease(item)).value?.people
  const [when, setWhen] = useState<'now' | 'later'>(item.releasesAt ? 'later' : 'now')
  const [date, setDate] = useState(dayIn(zone, item.releasesAt ? Date.parse(item.releasesAt) : serverNow() + day))
  const [time, setTime] = useState('08:00')
  const [errors, setErrors] = useState<readonly FormError[]>([])
  const [problem, setProblem] = useState<string | undefined>(undefined)
  const [busy, setBusy] = useState(false)
  const at = instantIn(zone, date, time)

  const act = async () => {
    setErrors([])
    setProblem(undefined)
    if (when === 'later' && (!at || Date.parse(at) <= serverNow()))
      return setErrors([{ name: 'date', message: t('grades.releasePast') }])
    setBusy(true)
    try {
      if (when === 'later' && at) await planRelease(item, at)
      else await release(item, people ?? 0)
      onClose()
    } catch (error) {
      setProblem(problemWords(error))
      setBusy(false)
    }
  }

  return (
    <Dialog
      open
      onClose={onClose}
      title={t('grades.releaseTitle', { title: item.title })}
      actions={
        <>
          <Button kind="quiet" onClick={onClose}>
            {t('ui.cancel')}
          </Button>
          <Button kind="primary" busy={busy} disabled={people === undefined} onClick={() => void act()}>
            {when === 'now' ? t('grades.release') : t('grades.releasePlan')}
          </Button>
        </>
      }
    >
      <Form onSubmit={() => void act()} errors={errors} problem={problem}>
        <RadioGroup
          label={t('grades.releaseWhen')}
          name="when"
          value={when}
          options={[
            { value: 'now', label: t('grades.releaseNow') },
            { value: 'later', label: t('grades.releaseLater') },
          ]}
          onValue={setWhen}
        />
        {when === 'later' && (
          <>
            <div class="release-fields">
              <Field
                type="date"
                name="date"
                label={t('grades.releaseDay')}
                value={date}
                min={dayIn(zone, serverNow())}
                onValue={setDate}
                error={errors[0]?.message}
              />
              <Field type="time" name="time" label={t('grades.releaseTime')} value={time} onValue={setTime} />
            </div>
            {at && <p class="muted">{t('grades.releaseZone', { when: momentIn(zone, at, region), zone })}</p>}
          </>
        )}
        {when === 'now' && people !== undefined && (
          <p>
            {t('grades.releasePeople', { count: people })} {people > 0 && t('grades.releaseBack')}
          </p>
        )}
      </Form>
    </Dialog>
  )
}
