// What a package is called and how many points it is worth, to make one or to change it.
import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { ClientProblem } from '#client/platform/problem.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { Button } from '#client/ui/Button.tsx'
import { Field } from '#client/ui/Field.tsx'
import { Form, FormActions, type FormError } from '#client/ui/Form.tsx'

export interface PackageWords {
  readonly title: string
  readonly points: string
}

interface PackageFormProps {
  readonly words: PackageWords
  readonly onWords: (words: PackageWords) => void
  readonly save: string
  /** What else is wrong. */
  readonly wrong?: (() => readonly FormError[]) | undefined
  readonly onSave: (words: PackageWords) => Promise<unknown>
  readonly onClose: () => void
  /** Stands above the title. */
  readonly children?: ((errorOf: (name: string) => string | undefined) => ComponentChildren) | undefined
}

export function PackageForm({ words, onWords, save, wrong, onSave, onClose, children }: PackageFormProps) {
  const [busy, setBusy] = useState(false)
  const [errors, setErrors] = useState<readonly FormError[]>([])
  const [problem, setProblem] = useState<string>()
  const errorOf = (name: string) => errors.find(one => one.name === name)?.message

  const send = async () => {
    const points = words.points.trim().replace(',', '.')
    const found: FormError[] = [...(wrong?.() ?? [])]
    if (words.title.trim() === '') found.push({ name: 'title', message: t('packages.titleMissing') })
    if (!/^\d{1,9}(\.\d{1,2})?$/.test(points) || Number(points) === 0)
      found.push({ name: 'points', message: t('packages.pointsWrong') })
    setProblem(undefined)
    setErrors(found)
    if (found.length > 0) return
    setBusy(true)
    try {
      await onSave({ title: words.title, points })
    } catch (error) {
      const conflicts = error instanceof ClientProblem && error.code === 'conflict'
      setProblem(conflicts ? t('packages.conflict') : problemWords(error))
      setBusy(false)
    }
  }

  return (
    <Form onSubmit={() => void send()} errors={errors} problem={problem}>
      {children?.(errorOf)}
      <Field
        name="title"
        label={t('packages.title')}
        value={words.title}
        onValue={title => onWords({ ...words, title })}
        error={errorOf('title')}
        maxLength={200}
      />
      <Field
        name="points"
        label={t('packages.points')}
        hint={t('packages.pointsHint')}
        inputMode="decimal"
        value={words.points}
        onValue={points => onWords({ ...words, points })}
        error={errorOf('points')}
        maxLength={12}
      />
      <FormActions>
        <Button onClick={onClose}>{t('ui.cancel')}</Button>
        <Button kind="primary" type="submit" busy={busy}>
          {save}
        </Button>
      </FormActions>
    </Form>
  )
}
