// When those who take homework learn what was right.
import { t } from '#client/platform/texts.ts'
import { RadioGroup } from '#client/ui/Choice.tsx'
import type { Shows } from '#protocol/activities.ts'

/** The choice. */
export function ShowsField({ value, onValue }: { readonly value: Shows; readonly onValue: (shows: Shows) => void }) {
  return (
    <RadioGroup
      label={t('activities.shows')}
      name="shows"
      value={value}
      onValue={onValue}
      options={[
        { value: 'after-due', label: t('activities.showsAfterDue') },
        { value: 'at-once', label: t('activities.showsAtOnce') },
        { value: 'never', label: t('activities.showsNever') },
      ]}
    />
  )
}
