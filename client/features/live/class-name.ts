// What a class is called when nobody wrote a title. Pure.
import { clockTime, dayAndMonth } from '#client/platform/dates.ts'
import { t } from '#client/platform/texts.ts'
import { withoutSigns } from '#protocol/texts/text.ts'

/** What a class is called that was given no title: after its first activity and the day, with the hour when taken. */
export function nameOfClass(first: string | undefined, now: Date, taken: readonly string[]): string {
  const day = dayAndMonth(now)
  // It is kept, and read on pages that run the other way.
  const name = withoutSigns(
    first === undefined ? t('live.classOfDay', { day }) : t('live.classOf', { title: first.slice(0, 140), day }),
  )
  return taken.includes(name) ? withoutSigns(t('live.classAtTime', { name, time: clockTime(now.toISOString()) })) : name
}
