// The time a question stays open in class, as a choice among sensible lengths.
import { t } from '#client/platform/texts.ts'
import { Field } from '#client/ui/Field.tsx'
import type { SettingsProps } from './kind.ts'

const lengths = [10, 20, 30, 45, 60, 90, 120, 180, 300, 600]

/** A length of time in words: seconds below two minutes, minutes above. */
export const limitWords = (seconds: number | null): string =>
  seconds === null
    ? t('activities.limitNone')
    : seconds < 120 || seconds % 60 !== 0
      ? t('activities.limitSeconds', { count: seconds })
      : t('activities.limitMinutes', { count: seconds / 60 })

/** `absent` is what the kind takes when nothing is set, in seconds. */
export function LimitField({ settings, onSettings, absent }: SettingsProps & { readonly absent: number | null }) {
  const set = settings.limitSeconds
  const now = typeof set === 'number' ? set : set === null ? null : absent
  const all = now === null || lengths.includes(now) ? lengths : [...lengths, now].sort((a, b) => a - b)
  return (
    <Field
      type="select"
      name="limitSeconds"
      label={t('activities.limit')}
      value={String(now)}
      options={[null, ...all].map(one => ({ value: String(one), label: limitWords(one) }))}
      onValue={value => onSettings({ ...settings, limitSeconds: value === 'null' ? null : Number(value) })}
    />
  )
}
