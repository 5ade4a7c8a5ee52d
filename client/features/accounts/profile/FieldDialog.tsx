// Makes or changes one field of everybody's profile.
import { useState } from 'preact/hooks'
import { request } from '#client/platform/call.ts'
import { t } from '#client/platform/texts.ts'
import { Button } from '#client/ui/Button.tsx'
import { Checkbox, RadioGroup } from '#client/ui/Choice.tsx'
import { Dialog } from '#client/ui/Dialog.tsx'
import { Field } from '#client/ui/Field.tsx'
import { Form } from '#client/ui/Form.tsx'
import { type FieldKind, type ProfileField, profileRoutes, type SeenBy } from '#protocol/accounts/profile.ts'
import { errorOf, noRefusal, type Refusal, refusalOf } from '../form-errors.ts'
import { seenWords } from './ProfileFields.tsx'

const kinds: readonly FieldKind[] = ['text', 'long-text', 'link', 'menu', 'date', 'checkbox']
const seers: readonly SeenBy[] = ['fellows', 'teachers', 'administrators']
const kindTexts = {
  text: 'people.kindText',
  'long-text': 'people.kindLongText',
  link: 'people.kindLink',
  menu: 'people.kindMenu',
  date: 'people.kindDate',
  checkbox: 'people.kindCheckbox',
} as const satisfies Record<FieldKind, string>

/** What a field holds, in a word. */
export const kindWord = (kind: FieldKind): string => t(kindTexts[kind])

interface FieldDialogProps {
  readonly field: ProfileField | undefined
  readonly onClose: () => void
  readonly onDone: () => void
}

export function FieldDialog({ field, onClose, onDone }: FieldDialogProps) {
  const [name, setName] = useState(field?.name ?? '')
  const [kind, setKind] = useState<FieldKind>(field?.kind ?? 'text')
  const [options, setOptions] = useState(field?.options.join('\n') ?? '')
  const [seenBy, setSeenBy] = useState<SeenBy>(field?.seenBy ?? 'fellows')
  const [byPerson, setByPerson] = useState(field?.filledBy !== 'administrators')
  const [refusal, setRefusal] = useState<Refusal>(noRefusal)
  const [busy, setBusy] = useState(false)

  const send = async () => {
    if (busy) return
    const lines = options.split('\n').map(one => one.trim())
    const listed = kind === 'menu' ? lines.filter(one => one !== '') : []
    if (name.trim() === '')
      return setRefusal({ errors: [{ name: 'name', message: t('people.fieldNeedsName') }], problem: undefined })
    if (kind === 'menu' && listed.length < 2)
      return setRefusal({ errors: [{ name: 'options', message: t('people.fieldNeedsOptions') }], problem: undefined })
    setBusy(true)
    const filledBy = byPerson ? ('person' as const) : ('administrators' as const)
    const given = { name: name.trim(), options: listed, seenBy, filledBy }
    try {
      if (field) await request(profileRoutes.changeField, { fieldId: field.id, version: field.version, ...given })
      else await request(profileRoutes.createField, { kind, ...given })
      onDone()
    } catch (error) {
      setRefusal(refusalOf(error, ['name', 'options']))
      setBusy(false)
    }
  }

  return (
    <Dialog open onClose={onClose} title={t(field ? 'people.changeField' : 'people.newField')}>
      <Form onSubmit={() => void send()} {...refusal}>
        <Field
          name="name"
          label={t('people.fieldName')}
          value={name}
          onValue={setName}
          maxLength={60}
          error={errorOf(refusal, 'name')}
          autoFocus
        />
        <Field
          type="select"
          name="kind"
          label={t('people.fieldKind')}
          hint={field && t('people.fieldKindStays')}
          value={kind}
          disabled={field !== undefined}
          onValue={value => setKind(kinds.find(one => one === value) ?? kind)}
          options={kinds.map(one => ({ value: one, label: kindWord(one) }))}
        />
        {kind === 'menu' && (
          <Field
            type="textarea"
            name="options"
            label={t('people.fieldOptions')}
            hint={t('people.fieldOptionsHint')}
            value={options}
            onValue={setOptions}
            error={errorOf(refusal, 'options')}
          />
        )}
        <RadioGroup<SeenBy>
          name="seenBy"
          label={t('people.fieldSeenBy')}
          value={seenBy}
          onValue={setSeenBy}
          options={seers.map(one => ({ value: one, label: seenWords(one) }))}
        />
        <Checkbox label={t('people.fieldByPerson')} checked={byPerson} onChecked={setByPerson} />
        <div class="form-actions">
          <Button onClick={onClose}>{t('ui.cancel')}</Button>
          <Button type="submit" kind="primary" busy={busy}>
            {t('people.saveField')}
          </Button>
        </div>
      </Form>
    </Dialog>
  )
}
