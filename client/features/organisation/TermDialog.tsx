// Names a term, says from which day to which it goes, and which days in it are free.
import { useState } from 'preact/hooks'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { Button } from '#client/ui/Button.tsx'
import { Dialog } from '#client/ui/Dialog.tsx'
import { Field } from '#client/ui/Field.tsx'
import { Form, type FormError } from '#client/ui/Form.tsx'
import type { FreeDays, Term } from '#protocol/organisation.ts'
import { FreeDaysField, isTyped, nothingTyped, withTyped } from './FreeDaysField.tsx'
import { changeTerm, createTerm } from './store.ts'

export interface TermDialogProps {
  readonly open: boolean
  readonly onClose: () => void
  readonly onDone: () => void
  /** The one to change; without it one is added. */
  readonly term?: Term | undefined
}

export function TermDialog({ open, onClose, ...rest }: TermDialogProps) {
  return (
    <Dialog open={open} onClose={onClose} title={rest.term ? t('organisation.editTerm') : t('organisation.addTerm')}>
      <TermForm onClose={onClose} {...rest} />
    </Dialog>
  )
}

function TermForm({ onClose, onDone, term }: Omit<TermDialogProps, 'open'>) {
  const [name, setName] = useState(term?.name ?? '')
  const [startsOn, setStartsOn] = useState(term?.startsOn ?? '')
  const [endsOn, setEndsOn] = useState(term?.endsOn ?? '')
  const [freeDays, setFreeDays] = useState<readonly FreeDays[]>(term?.freeDays ?? [])
  const [typed, setTyped] = useState(nothingTyped)
  const [busy, setBusy] = useState(false)
  const [errors, setErrors] = useState<readonly FormError[]>([])
  const [problem, setProblem] = useState<string>()
  const errorAt = (field: string) => errors.find(one => one.name === field)?.message

  const send = async () => {
    setProblem(undefined)
    const found: FormError[] = []
    if (name.trim() === '') found.push({ name: 'name', message: t('organisation.nameMissing') })
    if (startsOn === '') found.push({ name: 'startsOn', message: t('organisation.dayMissing') })
    if (endsOn === '') found.push({ name: 'endsOn', message: t('organisation.dayMissing') })
    else if (startsOn > endsOn) found.push({ name: 'endsOn', message: t('organisation.endsBefore') })
    // What was typed and not added is meant all the same.
    const free = isTyped(typed) ? withTyped(freeDays, typed, { startsOn, endsOn }) : { list: freeDays, errors: [] }
    found.push(...free.errors)
    setErrors(found)
    if (found.length > 0) return
    setBusy(true)
    const words = { name, startsOn, endsOn, freeDays: [...free.list] }
    try {
      if (term) await changeTerm({ termId: term.id, version: term.version, ...words })
      else await createTerm(words)
      onDone()
      onClose()
    } catch (error) {
      setProblem(problemWords(error))
    } finally {
      setBusy(false)
    }
  }

  /** Puts what is typed into the list and, where there is one, takes out what is typed next. */
  const add = (next?: FreeDays) => {
    const { list, errors: found } = isTyped(typed)
      ? withTyped(freeDays, typed, { startsOn, endsOn })
      : { list: freeDays, errors: [] }
    setErrors(found)
    if (found.length > 0) return
    setFreeDays(list.filter(one => one !== next))
    setTyped(next ?? nothingTyped)
  }

  return (
    <Form onSubmit={send} errors={errors} problem={problem}>
      <Field
        name="name"
        label={t('organisation.name')}
        hint={t('organisation.termHint')}
        value={name}
        onValue={setName}
        error={errorAt('name')}
        maxLength={120}
        required
        autoFocus
      />
      <Field
        type="date"
        name="startsOn"
        label={t('organisation.startsOn')}
        value={startsOn}
        onValue={setStartsOn}
        error={errorAt('startsOn')}
      />
      <Field
        type="date"
        name="endsOn"
        label={t('organisation.endsOn')}
        value={endsOn}
        onValue={setEndsOn}
        error={errorAt('endsOn')}
      />
      <FreeDaysField
        list={freeDays}
        onList={setFreeDays}
        typed={typed}
        onTyped={setTyped}
        errorAt={errorAt}
        onAdd={() => add()}
        onChange={add}
      />
      <div class="form-actions">
        <Button onClick={onClose}>{t('ui.cancel')}</Button>
        <Button kind="primary" type="submit" busy={busy}>
          {term ? t('courses.save') : t('organisation.addTerm')}
        </Button>
      </div>
    </Form>
  )
}
