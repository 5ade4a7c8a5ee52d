// Corrects a question after the class: another key, its points for everybody, or left out. Who changes is shown before
// anything does; afterwards it can be taken back.
import { ArrowDown, ArrowUp } from 'lucide-preact'
import { useEffect, useState } from 'preact/hooks'
import { score } from '#client/features/grades/numbers.ts'
import { draftOf, type QuestionDraft, readDraft } from '#client/features/questions/draft.ts'
import { KeyEditor } from '#client/features/questions/KeyEditor.tsx'
import { request } from '#client/platform/call.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { useLoad } from '#client/platform/use-load.ts'
import { Button } from '#client/ui/Button.tsx'
import { RadioGroup } from '#client/ui/Choice.tsx'
import { Dialog } from '#client/ui/Dialog.tsx'
import { Field } from '#client/ui/Field.tsx'
import { Form } from '#client/ui/Form.tsx'
import { Icon } from '#client/ui/Icon.tsx'
import { Progress } from '#client/ui/Progress.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import { showToast } from '#client/ui/Toast.tsx'
import { type ActivityItem, activityRoutes, type Ruling } from '#protocol/activities.ts'
import type { Output } from '#protocol/base/call.ts'
import { type Correction, gradeRoutes } from '#protocol/grades.ts'
import type { ReportQuestion } from '#protocol/live/report.ts'
import './Report.css'

export type CorrectDialogProps = {
  readonly question: ReportQuestion
  readonly number: number
  readonly onClose: () => void
  readonly onCorrected: () => void
}

/** Reads the question with its key and opens over the report. */
export function CorrectDialog(props: CorrectDialogProps) {
  const { activityId, itemId } = props.question
  const read = useLoad(itemId, () => request(activityRoutes.get, { activityId }))
  const item = read.value?.items.find(one => one.id === itemId)
  if (item) return <Correcting {...props} item={item} />
  return (
    <Dialog open onClose={props.onClose} title={t('grades.correctTitle', { number: props.number })}>
      {read.problem ? <p role="alert">{problemWords(read.problem)}</p> : <Skeleton form="block" />}
    </Dialog>
  )
}

type Preview = Output<typeof gradeRoutes.previewCorrection>

function Correcting({ item, number, onClose, onCorrected }: CorrectDialogProps & { readonly item: ActivityItem }) {
  const before = item.question.question
  const [ruling, setRuling] = useState<Ruling>('by-key')
  const [draft, setDraft] = useState<QuestionDraft>(() => draftOf(before))
  const [note, setNote] = useState('')
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | undefined>(undefined)
  const [running, setRunning] = useState<Correction | undefined>(undefined)
  const read = readDraft(draft, 'keyed')
  const question = ruling === 'by-key' && read.ok ? read.question : undefined
  const same =
    ruling === item.ruling &&
    (ruling !== 'by-key' || (read.ok && JSON.stringify(read.question.key) === JSON.stringify(before.key)))
  const ready = !same && (ruling !== 'by-key' || read.ok)
  const to = { itemId: item.id, ruling, ...(question ? { question } : {}) }
  const preview = useLoad<Preview>(ready ? JSON.stringify(to) : null, () => request(gradeRoutes.previewCorrection, to))

  useEffect(() => {
    if (!running || running.done >= running.people) return
    const timer = setTimeout(async () => {
      const now = await request(gradeRoutes.correction, { correctionId: running.id }).catch(() => running)
      setRunning({ ...now })
      if (now.done >= now.people) end()
    }, 700)
    return () => clearTimeout(timer)
  }, [running])

  const end = () => {
    onCorrected()
    onClose()
    showToast({ text: t('grades.correctDone'), onUndo: () => void undo() })
  }
  const undo = async () => {
    const back = { itemId: item.id, ruling: item.ruling, question: before, version: item.version + 1 }
    try {
      await request(gradeRoutes.correct, { ...back, note: t('grades.correctUndone') })
      onCorrected()
    } catch (error) {
      showToast({ text: problemWords(error), tone: 'bad' })
    }
  }
  const apply = async () => {
    setBusy(true)
    setProblem(undefined)
    try {
      const done = await request(gradeRoutes.correct, { ...to, version: item.version, note: note.trim() })
      if (done.done >= done.people) end()
      else setRunning(done)
    } catch (error) {
      setProblem(problemWords(error))
    }
    setBusy(false)
  }
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title={t('grades.correctTitle', { number })}
      actions={
        <>
          <Button kind="quiet" onClick={onClose}>
            {t('ui.cancel')}
          </Button>
          <Button
            kind="primary"
            busy={busy || running !== undefined}
            disabled={!ready || !preview.value}
            onClick={() => void apply()}
          >
            {t('grades.correctApply')}
          </Button>
        </>
      }
    >
      <Form onSubmit={() => undefined} problem={problem}>
        <p class="prompt">{before.body.prompt}</p>
        <RadioGroup
          label={t('grades.correctBy')}
          name="ruling"
          value={ruling}
          onValue={setRuling}
          options={[
            { value: 'by-key', label: t('grades.correctKey'), hint: t('grades.correctKeyHint') },
            { value: 'everybody', label: t('grades.correctEverybody'), hint: t('grades.correctEverybodyHint') },
            { value: 'discarded', label: t('grades.correctDiscard'), hint: t('grades.correctDiscardHint') },
          ]}
        />
        {ruling === 'by-key' && <KeyEditor draft={draft} gaps={read.ok ? undefined : read.gaps} onDraft={setDraft} />}
        <div class="correct-change" aria-live="polite">
          {running ? (
            <Progress
              label={t('grades.correctRunning')}
              value={running.done}
              max={running.people}
              words={t('activities.progressWords', { answered: running.done, total: running.people })}
            />
          ) : !ready ? (
            <p class="muted">{t('grades.correctNothing')}</p>
          ) : preview.problem ? (
            <p>{problemWords(preview.problem)}</p>
          ) : preview.value ? (
            <Changes preview={preview.value} />
          ) : (
            <Skeleton form="rows" count={1} />
          )}
        </div>
        <Field
          name="note"
          label={t('grades.correctNote')}
          hint={t('grades.correctNoteHint')}
          optional
          maxLength={500}
          value={note}
          onValue={setNote}
        />
      </Form>
    </Dialog>
  )
}

function Changes({ preview: { up, down, changes } }: { readonly preview: Preview }) {
  if (up + down === 0) return <p>{t('grades.correctNobody')}</p>
  const named = new Set(changes.map(one => one.accountId)).size
  const several = new Set(changes.map(one => one.gradeItemId)).size > 1
  return (
    <>
      <p class="correct-counts">
        <span>
          <Icon as={ArrowUp} /> {t('grades.correctUp', { count: up })}
        </span>
        <span>
          <Icon as={ArrowDown} /> {t('grades.correctDown', { count: down })}
        </span>
      </p>
      <section
        class="correct-people"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reached by the keyboard.
        tabIndex={0}
        aria-label={t('grades.correctWho')}
      >
        <ul>
          {changes.map(one => (
            <li key={`${one.accountId} ${one.gradeItemId}`}>
              <span>
                {one.name} {several && <span class="muted">{one.title}</span>}
              </span>
              <span class="figures">
                {t('grades.correctFromTo', { before: score(one.before), after: score(one.after) })}
              </span>
            </li>
          ))}
        </ul>
      </section>
      {up + down > named && <p class="muted">{t('grades.correctMore', { count: up + down - named })}</p>}
    </>
  )
}
