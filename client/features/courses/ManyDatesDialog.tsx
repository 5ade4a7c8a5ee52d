// Moves all dates of the chosen things by days, or sets when they open and close. Mounted while it is open.
import { useState } from 'preact/hooks'
import { WindowFields } from '#client/features/conditions/WindowFields.tsx'
import { t } from '#client/platform/texts.ts'
import { Button } from '#client/ui/Button.tsx'
import { RadioGroup } from '#client/ui/Choice.tsx'
import { Dialog } from '#client/ui/Dialog.tsx'
import { Field } from '#client/ui/Field.tsx'
import { Form, FormActions, type FormError } from '#client/ui/Form.tsx'
import { instantIn } from '#protocol/base/days.ts'
import { type Chosen, dateMany } from './many.ts'

interface ManyDatesProps {
  readonly chosen: Chosen
  /** IANA: the course's clocks. */
  readonly zone: string
  readonly onClose: () => void
  readonly onAct: (run: () => Promise<boolean>) => Promise<void>
}

const mostDays = 3_660

export function ManyDatesDialog({ chosen, zone, onClose, onAct }: ManyDatesProps) {
  const [how, setHow] = useState<'shift' | 'window'>('shift')
  const [days, setDays] = useState('7')
  const [from, setFrom] = useState({ day: '', hour: '08:00' })
  const [until, setUntil] = useState({ day: '', hour: '23:59' })
  const [errors, setErrors] = useState<readonly FormError[]>([])
  const errorOf = (name: string) => errors.find(one => one.name === name)?.message
  const at = ({ day, hour }: typeof from) => (day === '' ? null : (instantIn(zone, day, hour) ?? null))

  const send = () => {
    const count = Number(days.trim().replace('−', '-'))
    const window = { from: at(from), until: at(until) }
    const found: FormError[] = []
    if (how === 'shift' && (!Number.isInteger(count) || count === 0 || Math.abs(count) > mostDays))
      found.push({ name: 'days', message: t('courses.manyDaysWrong', { most: mostDays }) })
    if (how === 'window' && window.from && window.until && window.from >= window.until)
      found.push({ name: 'until', message: t('conditions.untilBefore') })
    setErrors(found)
    if (found.length > 0) return
    onClose()
    void onAct(() => dateMany(chosen, how === 'shift' ? { days: count } : { window }))
  }

  return (
    <Dialog
      open
      onClose={onClose}
      title={t('courses.manyDatesTitle', { count: chosen.items.length + chosen.modules.length })}
    >
      <Form onSubmit={send} errors={errors}>
        <RadioGroup
          label={t('courses.manyDates')}
          name="how"
          value={how}
          onValue={setHow}
          options={[
            { value: 'shift', label: t('courses.manyShift'), hint: t('courses.manyShiftHint') },
            { value: 'window', label: t('courses.manyWindow'), hint: t('courses.manyWindowHint') },
          ]}
        />
        {how === 'shift' ? (
          <Field
            name="days"
            label={t('courses.manyDays')}
            hint={t('courses.manyDaysHint')}
            value={days}
            onValue={setDays}
            error={errorOf('days')}
            inputMode="text"
          />
        ) : (
          <WindowFields
            from={from}
            until={until}
            onFrom={setFrom}
            onUntil={setUntil}
            untilError={errorOf('until')}
            zone={zone}
          />
        )}
        <FormActions>
          <Button onClick={onClose}>{t('ui.cancel')}</Button>
          <Button kind="primary" type="submit">
            {t('courses.manyDatesAct')}
          </Button>
        </FormActions>
      </Form>
    </Dialog>
  )
}
