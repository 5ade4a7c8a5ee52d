// Who was not in a class that ended, and the one act that gives them the whole of it as homework.
import { NotebookPen } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { zoneOf } from '#client/features/activities/course-facts.ts'
import { momentIn } from '#client/features/activities/due.ts'
import { ShowsField } from '#client/features/quizzes/ShowsField.tsx'
import { request } from '#client/platform/call.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { serverNow } from '#client/platform/realtime.ts'
import { region, t } from '#client/platform/texts.ts'
import { useLoad } from '#client/platform/use-load.ts'
import { Button } from '#client/ui/Button.tsx'
import { Section } from '#client/ui/Card.tsx'
import { Dialog } from '#client/ui/Dialog.tsx'
import { Field } from '#client/ui/Field.tsx'
import { Form } from '#client/ui/Form.tsx'
import { showToast } from '#client/ui/Toast.tsx'
import type { Shows } from '#protocol/activities.ts'
import type { Output } from '#protocol/base/call.ts'
import { dayIn, instantIn } from '#protocol/base/days.ts'
import { liveRoutes, type Run } from '#protocol/live.ts'

type Absent = Output<typeof liveRoutes.absent>

const namedHere = 5

function words({ people, names, given, caughtUp }: Absent): string[] {
  const left = people - given
  const first = names.slice(0, namedHere).join(', ')
  const named = left > namedHere ? t('live.missedMore', { names: first, count: left - namedHere }) : first
  return [
    ...(left > 0 ? [t('live.missedPeople', { count: left, names: named })] : []),
    ...(given > 0 ? [t('live.missedGiven', { count: given })] : []),
    ...(caughtUp > 0 ? [t('live.missedCaughtUp', { count: caughtUp })] : []),
  ]
}

/** The section of the class's page; `turn` reads it again. */
export function Missed({ run, turn }: { readonly run: Run; readonly turn: unknown }) {
  const absent = useLoad(`${run.id} ${String(turn)}`, () => request(liveRoutes.absent, { runId: run.id }))
  const [known, setKnown] = useState<Absent | undefined>(undefined)
  const [open, setOpen] = useState(false)
  const now = absent.value ?? known
  if (absent.value && absent.value !== known) setKnown(absent.value)
  if (!now || run.phase === 'open') return null
  return (
    <Section title={t('live.missed')}>
      <div class="card missed">
        <p>{now.people === 0 ? t('live.missedNobody') : words(now).join('. ')}</p>
        {now.people > now.given && (
          <Button icon={NotebookPen} onClick={() => setOpen(true)}>
            {t('live.catchUpGive')}
          </Button>
        )}
      </div>
      {open && (
        <CatchUpDialog
          run={run}
          onClose={() => setOpen(false)}
          onGiven={() => {
            setOpen(false)
            absent.reload()
          }}
        />
      )}
    </Section>
  )
}

const week = 7 * 86_400_000

type DialogProps = { readonly run: Run; readonly onClose: () => void; readonly onGiven: () => void }

function CatchUpDialog({ run, onClose, onGiven }: DialogProps) {
  const zone = zoneOf(run.courseId) ?? 'UTC'
  const [day, setDay] = useState(dayIn(zone, serverNow() + week))
  const [time, setTime] = useState('23:59')
  const [shows, setShows] = useState<Shows>('after-due')
  const [problem, setProblem] = useState<string | undefined>(undefined)
  const [busy, setBusy] = useState(false)
  const dueAt = instantIn(zone, day, time)
  const past = !dueAt || Date.parse(dueAt) <= serverNow()
  const give = async () => {
    if (!dueAt || past) return setProblem(t('activities.duePast'))
    setBusy(true)
    setProblem(undefined)
    try {
      const { people } = await request(liveRoutes.catchUp, { runId: run.id, dueAt, shows })
      showToast({ text: t('live.catchUpGiven', { count: people }) })
      onGiven()
    } catch (error) {
      setProblem(problemWords(error))
      setBusy(false)
    }
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('live.catchUpGive')}
      actions={
        <>
          <Button kind="quiet" onClick={onClose}>
            {t('ui.cancel')}
          </Button>
          <Button kind="primary" busy={busy} onClick={() => void give()}>
            {t('activities.assignAct')}
          </Button>
        </>
      }
    >
      <Form onSubmit={() => void give()} problem={problem}>
        <p class="muted">{t('live.catchUpLead')}</p>
        <div class="due-fields">
          <Field
            type="date"
            name="date"
            label={t('activities.dueDate')}
            value={day}
            min={dayIn(zone, serverNow())}
            onValue={setDay}
          />
          <Field type="time" name="time" label={t('activities.dueTime')} value={time} onValue={setTime} />
        </div>
        {dueAt && <p class="muted">{t('activities.dueZone', { when: momentIn(zone, dueAt, region), zone })}</p>}
        <ShowsField value={shows} onValue={setShows} />
        <button type="submit" hidden />
      </Form>
    </Dialog>
  )
}
