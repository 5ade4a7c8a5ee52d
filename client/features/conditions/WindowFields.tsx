// From when until when: two days with their hours, on the clocks of the course.
import { t } from '#client/platform/texts.ts'
import { Field } from '#client/ui/Field.tsx'
import './conditions.css'

/** A day (YYYY-MM-DD) and an hour (HH:MM); an empty day is no end on that side. */
export interface DayAndHour {
  readonly day: string
  readonly hour: string
}

interface WindowFieldsProps {
  readonly from: DayAndHour
  readonly until: DayAndHour
  readonly onFrom: (from: DayAndHour) => void
  readonly onUntil: (until: DayAndHour) => void
  readonly untilError: string | undefined
  /** The zone in words. */
  readonly zone: string
}

export function WindowFields({ from, until, onFrom, onUntil, untilError, zone }: WindowFieldsProps) {
  return (
    <>
      <div class="window-fields">
        <Field
          type="date"
          name="from"
          label={t('conditions.from')}
          optional
          value={from.day}
          onValue={day => onFrom({ ...from, day })}
        />
        <Field
          type="time"
          name="fromTime"
          label={t('conditions.fromTime')}
          value={from.hour}
          onValue={hour => onFrom({ ...from, hour })}
        />
        <Field
          type="date"
          name="until"
          label={t('conditions.until')}
          optional
          value={until.day}
          onValue={day => onUntil({ ...until, day })}
          error={untilError}
        />
        <Field
          type="time"
          name="untilTime"
          label={t('conditions.untilTime')}
          value={until.hour}
          onValue={hour => onUntil({ ...until, hour })}
        />
      </div>
      <p class="muted">{t('conditions.zone', { zone })}</p>
    </>
  )
}
