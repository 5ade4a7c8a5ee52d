// Who observes a learner, for administrators: link somebody by their e-mail, until a day if need be, and end it.
import { useState } from 'preact/hooks'
import { ClientProblem } from '#client/platform/problem.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { useLoad } from '#client/platform/use-load.ts'
import { Button } from '#client/ui/Button.tsx'
import { Dialog } from '#client/ui/Dialog.tsx'
import { ErrorState } from '#client/ui/ErrorState.tsx'
import { Field } from '#client/ui/Field.tsx'
import { Form, FormActions, type FormError } from '#client/ui/Form.tsx'
import { List, Row } from '#client/ui/List.tsx'
import { announce } from '#client/ui/LiveRegion.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import type { AccountId } from '#protocol/base/ids.ts'
import { type ObserverKind, observerKinds } from '#protocol/observers.ts'
import { Span } from './Span.tsx'
import { addObserver, endWithUndo, kindWord, listObservers } from './store.ts'

interface ObserversDialogProps {
  readonly person: { readonly accountId: AccountId; readonly name: string }
  readonly onClose: () => void
}

export function ObserversDialog({ person: { accountId, name: learner }, onClose }: ObserversDialogProps) {
  const { value, problem, reload } = useLoad(accountId, () => listObservers(accountId))
  return (
    <Dialog open onClose={onClose} title={t('observers.manageTitle', { name: learner })}>
      <div class="stack">
        <p class="muted">{t('observers.manageLead', { name: learner })}</p>
        {value ? (
          value.items.length === 0 ? (
            <p>{t('observers.manageNone', { name: learner })}</p>
          ) : (
            <List label={t('observers.manageTitle', { name: learner })}>
              {value.items.map(one => (
                <Row
                  key={one.id}
                  title={one.name}
                  detail={<Span one={one} />}
                  end={
                    <Button
                      kind="quiet"
                      size="small"
                      aria-label={t('observers.endFor', { name: one.name, learner })}
                      onClick={() => {
                        // The notice with the way back stands under the dialog: that closes with it.
                        onClose()
                        void endWithUndo(
                          one.id,
                          {
                            ended: t('observers.endedFor', { name: one.name, learner }),
                            back: t('observers.back', { name: one.name }),
                          },
                          reload,
                        )
                      }}
                    >
                      {t('observers.endWord')}
                    </Button>
                  }
                />
              ))}
            </List>
          )
        ) : problem ? (
          <ErrorState
            title={t('observers.manageFailed')}
            detail={problemWords(problem)}
            requestId={problem.requestId}
            onRetry={reload}
          />
        ) : (
          <Skeleton form="rows" count={1} />
        )}
        <AddForm accountId={accountId} learner={learner} onDone={reload} onClose={onClose} />
      </div>
    </Dialog>
  )
}

interface AddFormProps {
  readonly accountId: AccountId
  readonly learner: string
  readonly onDone: () => void
  readonly onClose: () => void
}

/** The last moment of a day as this device's clocks show it. */
const endOf = (day: string): string => new Date(`${day}T23:59:59.999`).toISOString()

const wordsFor = (error: unknown): FormError | undefined => {
  if (!(error instanceof ClientProblem)) return undefined
  if (error.code === 'no-account') return { name: 'email', message: t('observers.emailUnknown') }
  if (error.code !== 'malformed') return undefined
  const field = error.errors[0]?.path
  if (field === 'email') return { name: 'email', message: t('observers.emailMissing') }
  return field === 'until' ? { name: 'until', message: t('observers.untilPast') } : undefined
}

function AddForm({ accountId, learner, onDone, onClose }: AddFormProps) {
  const [email, setEmail] = useState('')
  const [kind, setKind] = useState<ObserverKind>('observer')
  const [until, setUntil] = useState('')
  const [errors, setErrors] = useState<readonly FormError[]>([])
  const [problem, setProblem] = useState<string>()
  const [busy, setBusy] = useState(false)
  const add = async () => {
    if (busy) return
    const missing = email.trim() === '' ? [{ name: 'email', message: t('observers.emailMissing') }] : []
    setErrors(missing)
    setProblem(undefined)
    if (missing.length > 0) return
    setBusy(true)
    try {
      const { observer } = await addObserver({ accountId, email, kind, until: until === '' ? null : endOf(until) })
      setEmail('')
      setUntil('')
      announce(t('observers.added', { name: observer.name, learner }))
      onDone()
    } catch (error) {
      const found = wordsFor(error)
      setErrors(found ? [found] : [])
      setProblem(found ? undefined : problemWords(error))
    }
    setBusy(false)
  }
  const at = (name: string) => errors.find(one => one.name === name)?.message
  return (
    <Form onSubmit={() => void add()} errors={errors} problem={problem} label={t('observers.add')}>
      <Field
        type="email"
        name="email"
        label={t('observers.email')}
        hint={t('observers.emailHint')}
        value={email}
        onValue={setEmail}
        autocomplete="off"
        error={at('email')}
      />
      <Field
        type="select"
        name="kind"
        label={t('observers.kind')}
        hint={t('observers.kindHint')}
        value={kind}
        options={observerKinds.map(one => ({ value: one, label: kindWord(one) }))}
        onValue={value => setKind(observerKinds.find(one => one === value) ?? 'observer')}
      />
      <Field
        type="date"
        name="until"
        label={t('observers.untilLabel')}
        hint={t('observers.untilHint')}
        optional
        value={until}
        onValue={setUntil}
        error={at('until')}
      />
      <FormActions>
        <Button onClick={onClose}>{t('observers.done')}</Button>
        <Button kind="primary" type="submit" busy={busy}>
          {t('observers.add')}
        </Button>
      </FormActions>
    </Form>
  )
}
