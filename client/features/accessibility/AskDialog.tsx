// Messages the owners of what was found: who gets what stands there before anything is sent.
import { useState } from 'preact/hooks'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { useKept, useLoad } from '#client/platform/use-load.ts'
import { Button } from '#client/ui/Button.tsx'
import { Checkbox } from '#client/ui/Choice.tsx'
import { Dialog } from '#client/ui/Dialog.tsx'
import { EmptyState } from '#client/ui/EmptyState.tsx'
import { ErrorState } from '#client/ui/ErrorState.tsx'
import { Field } from '#client/ui/Field.tsx'
import { List, Row } from '#client/ui/List.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import { Time } from '#client/ui/Time.tsx'
import { showToast } from '#client/ui/Toast.tsx'
import type { Owner } from '#protocol/accessibility.ts'
import { askOwners, readOwners, type Shown } from './store.ts'

interface AskDialogProps {
  /** Those chosen; none means all that are shown. */
  readonly courses: readonly string[]
  readonly shown: Shown
  readonly onClose: () => void
  readonly onSent: () => void
}

export function AskDialog({ courses, shown, onClose, onSent }: AskDialogProps) {
  const [note, setNote] = useState('')
  const [again, setAgain] = useState(false)
  const [busy, setBusy] = useState(false)
  const loaded = useLoad(`${courses.join()} ${JSON.stringify(shown)} ${again}`, () => readOwners(courses, shown, again))
  const plan = useKept(loaded)
  const people = plan?.items.filter(one => one.things > 0).length ?? 0
  const send = async () => {
    setBusy(true)
    try {
      const { people: told } = await askOwners(courses, shown, { again, note })
      showToast({ text: t('accessibility.sent', { count: told }) })
      onSent()
      onClose()
    } catch (error) {
      showToast({ text: problemWords(error), tone: 'bad' })
      setBusy(false)
    }
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('accessibility.askTitle')}
      actions={
        people > 0 && (
          <Button kind="primary" busy={busy || loaded.loading} onClick={() => void send()}>
            {t('accessibility.send', { count: people })}
          </Button>
        )
      }
    >
      <div class="stack">
        <p>
          {courses.length > 0 ? t('accessibility.askSome', { count: courses.length }) : t('accessibility.askAll')}{' '}
          {t('accessibility.askLead')}
        </p>
        <Field
          type="textarea"
          name="note"
          label={t('accessibility.note')}
          hint={t('accessibility.noteHint')}
          value={note}
          onValue={setNote}
          maxLength={1_000}
          optional
        />
        <Checkbox label={t('accessibility.again')} checked={again} onChecked={setAgain} />
        {plan ? (
          <Preview owners={plan.items} unowned={plan.unowned} />
        ) : loaded.problem ? (
          <ErrorState
            title={t('accessibility.failed')}
            detail={problemWords(loaded.problem)}
            requestId={loaded.problem.requestId}
            onRetry={loaded.reload}
          />
        ) : (
          <Skeleton form="rows" />
        )}
      </div>
    </Dialog>
  )
}

function Preview({ owners, unowned }: { readonly owners: readonly Owner[]; readonly unowned: number }) {
  return (
    <section class="stack-tight">
      <h3>{t('accessibility.preview')}</h3>
      {owners.every(one => one.things === 0) && (
        <EmptyState title={t('accessibility.nobody')}>{t('accessibility.nobodyDetail')}</EmptyState>
      )}
      {owners.length > 0 && (
        <List label={t('accessibility.preview')}>
          {owners.map(one => (
            <Row key={one.accountId} title={one.name} detail={<Gets owner={one} />} />
          ))}
        </List>
      )}
      {unowned > 0 && <p class="muted">{t('accessibility.unowned', { count: unowned })}</p>}
    </section>
  )
}

function Gets({ owner: { things, findings, recent, titles, askedAt } }: { readonly owner: Owner }) {
  const left = things - titles.length
  return (
    <>
      {things > 0 && (
        <>
          {t('accessibility.previewThings', { count: things })} ·{' '}
          {t('accessibility.previewFindings', { count: findings })}: {titles.join(', ')}
          {left > 0 && ` ${t('accessibility.andMore', { count: left })}`}
        </>
      )}
      <span class="findings-recent muted">
        {askedAt ? (
          <>
            {t('accessibility.lastAsked')} <Time at={askedAt} form="dayAndTime" />
          </>
        ) : (
          t('accessibility.neverAsked')
        )}
      </span>
      {recent > 0 && <span class="findings-recent">{t('accessibility.recent', { count: recent })}</span>}
    </>
  )
}
