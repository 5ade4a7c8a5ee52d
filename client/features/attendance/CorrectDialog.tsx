// One person in one class: the evidence, what holds, and every correction; whoever may, corrects it here.
import { useState } from 'preact/hooks'
import { ClientProblem } from '#client/platform/problem.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { useLoad } from '#client/platform/use-load.ts'
import { Badge } from '#client/ui/Badge.tsx'
import { Button } from '#client/ui/Button.tsx'
import { RadioGroup } from '#client/ui/Choice.tsx'
import { Dialog } from '#client/ui/Dialog.tsx'
import { Field } from '#client/ui/Field.tsx'
import { Form } from '#client/ui/Form.tsx'
import { Time } from '#client/ui/Time.tsx'
import {
  type AttendanceMark,
  type AttendanceRow,
  type AttendedRun,
  type CorrectedStatus,
  correctedStatuses,
} from '#protocol/attendance.ts'
import { correct, readHistory } from './store.ts'
import { evidenceWords, standingLook, statusLook } from './words.ts'
import './attendance.css'

export type CorrectDialogProps = {
  readonly run: AttendedRun
  /** As it is now: what is newer comes in while the dialog is open. */
  readonly row: AttendanceRow
  readonly mayCorrect: boolean
  readonly onClose: () => void
  /** Something was saved, or somebody else saved something. */
  readonly onChanged: () => void
}

/** Open while it is mounted. */
export function CorrectDialog({ run, row, mayCorrect, onClose, onChanged }: CorrectDialogProps) {
  const [status, setStatus] = useState<CorrectedStatus | 'evidence'>(row.mark?.status ?? 'evidence')
  const [note, setNote] = useState(row.mark?.note ?? '')
  const [problem, setProblem] = useState<string | undefined>(undefined)
  const [busy, setBusy] = useState(false)
  const who = { runId: run.id, accountId: row.accountId, name: row.name }
  const history = useLoad(`${run.id} ${row.accountId} ${row.version}`, () => readHistory(who))

  const save = async () => {
    setBusy(true)
    setProblem(undefined)
    try {
      await correct(who, row, { status: status === 'evidence' ? null : status, note: note.trim() })
      onChanged()
      onClose()
    } catch (error) {
      const conflict = error instanceof ClientProblem && error.code === 'conflict'
      if (conflict) onChanged()
      setProblem(conflict ? t('attendance.conflict') : problemWords(error))
      setBusy(false)
    }
  }
  const now = standingLook(run, row)
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('attendance.correctTitle', { name: row.name })}
      actions={
        mayCorrect && (
          <>
            <Button kind="quiet" onClick={onClose}>
              {t('ui.cancel')}
            </Button>
            <Button kind="primary" busy={busy} onClick={() => void save()}>
              {t('attendance.save')}
            </Button>
          </>
        )
      }
    >
      <div class="stack">
        <div class="cluster">
          <Badge tone={now.tone} icon={now.icon}>
            {now.word}
          </Badge>
          <span class="muted figures">{evidenceWords(row.evidence)}</span>
        </div>
        {mayCorrect && (
          <Form onSubmit={() => void save()} problem={problem}>
            <RadioGroup
              label={t('attendance.status')}
              name="status"
              value={status}
              options={[
                {
                  value: 'evidence',
                  label: t('attendance.asSuggested', {
                    status: standingLook(run, { status: row.suggested, mark: null }).word,
                  }),
                },
                ...correctedStatuses.map(value => ({ value, label: statusLook(value).word })),
              ]}
              onValue={setStatus}
            />
            {status !== 'evidence' && (
              <Field
                type="textarea"
                rows={2}
                name="note"
                label={t('attendance.note')}
                hint={t('attendance.noteHint')}
                optional
                maxLength={300}
                value={note}
                onValue={setNote}
              />
            )}
          </Form>
        )}
        <section class="stack-tight" aria-labelledby="attendance-history">
          <h3 class="attendance-history" id="attendance-history">
            {t('attendance.history')}
          </h3>
          {history.problem ? (
            <p class="muted">{problemWords(history.problem)}</p>
          ) : history.value?.length === 0 ? (
            <p class="muted">{t('attendance.historyNone')}</p>
          ) : (
            <ol class="attendance-marks">
              {history.value?.map(mark => (
                <Mark key={mark.at} mark={mark} />
              ))}
            </ol>
          )}
        </section>
      </div>
    </Dialog>
  )
}

function Mark({ mark: { status, note, by, at } }: { readonly mark: AttendanceMark }) {
  return (
    <li>
      <strong>{status === null ? t('attendance.takenBack') : statusLook(status).word}</strong>
      {note && <> · {note}</>}
      <span class="muted">
        {' · '}
        {by ?? t('attendance.somebody')} · <Time at={at} form="dayAndTime" />
      </span>
    </li>
  )
}
