// Says how a course is open to people who come by themselves: whether, with which key, when, for how many and how long.
import { useState } from 'preact/hooks'
import { byName } from '#client/features/groups/store.ts'
import { t } from '#client/platform/texts.ts'
import { useScope } from '#client/platform/use-scope.ts'
import { Button } from '#client/ui/Button.tsx'
import { Checkbox } from '#client/ui/Choice.tsx'
import { Dialog } from '#client/ui/Dialog.tsx'
import { Field } from '#client/ui/Field.tsx'
import { Form, type FormError } from '#client/ui/Form.tsx'
import { useSending } from '#client/ui/use-sending.ts'
import type { Course } from '#protocol/courses.ts'
import { groupId, groupsScope } from '#protocol/groups.ts'
import { mostOfOpening, type Opening } from '#protocol/openings.ts'
import { changeOpening } from './store.ts'
import './openings.css'

interface OpeningDialogProps {
  readonly course: Course
  readonly opening: Opening
  readonly onClose: () => void
}

const typed = (value: number | null): string => (value === null ? '' : String(value))
const fits = (value: string, most: number): boolean =>
  value.trim() === '' || (/^\d+$/.test(value.trim()) && Number(value) >= 1 && Number(value) <= most)
const numberOf = (value: string): number | null => (value.trim() === '' ? null : Number(value))

/** Mounted while it is open. */
export function OpeningDialog({ course, opening, onClose }: OpeningDialogProps) {
  // Whoever opens the dialog of a closed course has come to open it.
  const [open, setOpen] = useState(opening.open || opening.version === 0)
  const [key, setKey] = useState(opening.key)
  const [opensOn, setOpensOn] = useState(opening.opensOn ?? '')
  const [closesOn, setClosesOn] = useState(opening.closesOn ?? '')
  const [most, setMost] = useState(typed(opening.most))
  const [days, setDays] = useState(typed(opening.days))
  const [sectionId, setSectionId] = useState<string>(opening.sectionId ?? '')
  const [mayLeave, setMayLeave] = useState(opening.mayLeave)
  const { errors, problem, busy, errorOf, send } = useSending(t('openings.someoneFaster'))
  const groups = useScope(groupsScope, course.id).state.value?.groups ?? []
  const sections = groups.filter(one => one.setId === null).sort(byName)

  const wrong: FormError[] = [
    ...(opensOn !== '' && closesOn !== '' && closesOn < opensOn
      ? [{ name: 'closesOn', message: t('openings.closesBefore') }]
      : []),
    ...(fits(most, mostOfOpening.learners)
      ? []
      : [{ name: 'most', message: t('openings.mostWrong', { most: mostOfOpening.learners }) }]),
    ...(fits(days, mostOfOpening.days)
      ? []
      : [{ name: 'days', message: t('openings.daysWrong', { most: mostOfOpening.days }) }]),
  ]
  const save = () =>
    send(wrong, async () => {
      await changeOpening(course.id, opening, {
        ...{ open, key, mayLeave, version: opening.version },
        opensOn: opensOn || null,
        closesOn: closesOn || null,
        most: numberOf(most),
        days: numberOf(days),
        // A section that is gone is none.
        sectionId: sections.some(one => one.id === sectionId) ? groupId.parse(sectionId) : null,
      })
      onClose()
    })
  return (
    <Dialog open onClose={onClose} title={t('openings.settings')}>
      <Form onSubmit={() => void save()} errors={errors} problem={problem}>
        <Checkbox label={t('openings.open')} hint={t('openings.openHint')} checked={open} onChecked={setOpen} />
        <Field
          name="key"
          label={t('openings.keyLabel')}
          hint={t('openings.keyStaffHint')}
          value={key}
          onValue={setKey}
          autocomplete="off"
          maxLength={mostOfOpening.key}
        />
        <div class="opening-window">
          <Field type="date" name="opensOn" label={t('openings.opensOn')} value={opensOn} onValue={setOpensOn} />
          <Field
            type="date"
            name="closesOn"
            label={t('openings.closesOn')}
            value={closesOn}
            onValue={setClosesOn}
            error={errorOf('closesOn')}
          />
        </div>
        <p class="field-hint">{t('openings.zoneHint', { zone: course.timeZone })}</p>
        <Field
          inputMode="numeric"
          name="most"
          label={t('openings.most')}
          hint={t('openings.mostHint')}
          value={most}
          onValue={setMost}
          error={errorOf('most')}
        />
        <Field
          inputMode="numeric"
          name="days"
          label={t('openings.days')}
          hint={t('openings.daysHint')}
          value={days}
          onValue={setDays}
          error={errorOf('days')}
        />
        {sections.length > 0 && (
          <Field
            type="select"
            name="section"
            label={t('openings.section')}
            value={sectionId}
            onValue={setSectionId}
            options={[
              { value: '', label: t('openings.noSection') },
              ...sections.map(one => ({ value: one.id, label: one.name })),
            ]}
          />
        )}
        <Checkbox label={t('openings.mayLeave')} checked={mayLeave} onChecked={setMayLeave} />
        <div class="form-actions">
          <Button onClick={onClose}>{t('ui.cancel')}</Button>
          <Button kind="primary" type="submit" busy={busy}>
            {t('openings.save')}
          </Button>
        </div>
      </Form>
    </Dialog>
  )
}
