// Adds groups to a set, or sections to the course, as many as wanted, numbered on from those there. Mounted while open.
import { useState } from 'preact/hooks'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { Button } from '#client/ui/Button.tsx'
import { Dialog } from '#client/ui/Dialog.tsx'
import { Field } from '#client/ui/Field.tsx'
import { Form, FormActions } from '#client/ui/Form.tsx'
import type { CourseId } from '#protocol/courses.ts'
import type { Group, GroupSet } from '#protocol/groups.ts'
import { createGroups } from './store.ts'

/** A whole number in these bounds as somebody typed it; undefined for anything else. */
export function wholeIn(typed: string, least: number, most: number): number | undefined {
  const value = Number(typed.trim())
  return typed.trim() !== '' && Number.isInteger(value) && value >= least && value <= most ? value : undefined
}

/** So many names, numbered, none of them one that is there. */
export function numberedNames(of: 'group' | 'section', count: number, there: readonly { name: string }[]): string[] {
  const taken = new Set(there.map(one => one.name))
  const key = of === 'group' ? 'groups.numbered' : 'groups.numberedSection'
  const names: string[] = []
  for (let number = 1; names.length < count; number++) {
    const name = t(key, { number })
    if (!taken.has(name)) names.push(name)
  }
  return names
}

interface CountDialogProps {
  readonly courseId: CourseId
  /** Undefined: sections. */
  readonly set: GroupSet | undefined
  readonly there: readonly Group[]
  readonly onClose: () => void
}

export function CountDialog({ courseId, set, there, onClose }: CountDialogProps) {
  const [count, setCount] = useState(set ? '4' : '2')
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<string>()
  const send = async () => {
    const wanted = wholeIn(count, 1, 100)
    if (wanted === undefined) return setError(t('groups.howManyWrong'))
    setBusy(true)
    try {
      const names = numberedNames(set ? 'group' : 'section', wanted, there)
      await createGroups({ courseId, setId: set?.id ?? null, names })
      onClose()
    } catch (problem) {
      setError(problemWords(problem))
      setBusy(false)
    }
  }
  return (
    <Dialog open onClose={onClose} title={set ? t('groups.addGroups') : t('groups.addSections')}>
      <Form onSubmit={() => void send()} errors={error === undefined ? [] : [{ name: 'count', message: error }]}>
        <Field
          name="count"
          inputMode="numeric"
          label={set ? t('groups.howMany') : t('groups.howManySections')}
          hint={t('groups.howManyHint')}
          value={count}
          onValue={setCount}
          error={error}
          autoFocus
        />
        <FormActions>
          <Button onClick={onClose}>{t('ui.cancel')}</Button>
          <Button kind="primary" type="submit" busy={busy}>
            {t('groups.add')}
          </Button>
        </FormActions>
      </Form>
    </Dialog>
  )
}
