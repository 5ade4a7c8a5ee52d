// The next class the calendar knows, in a line; nothing where it knows none.
import { useState } from 'preact/hooks'
import { serverNow } from '#client/platform/realtime.ts'
import { t } from '#client/platform/texts.ts'
import { Link } from '#client/ui/Link.tsx'
import { Time } from '#client/ui/Time.tsx'
import type { EntryKind } from '#protocol/calendar.ts'
import { pathOf } from './EntryRow.tsx'
import { useCalendar } from './store.ts'

const fortnight = 14 * 86_400_000
const classes: readonly EntryKind[] = ['class', 'session', 'meeting']

/** Within two weeks. */
export function NextClass() {
  const [from] = useState(serverNow)
  const { value } = useCalendar(new Date(from).toISOString(), new Date(from + fortnight).toISOString())
  const next = value?.entries.find(
    one => classes.includes(one.kind) && !one.hidden && !one.days && Date.parse(one.startsAt) > from,
  )
  if (!next) return null
  const course = value?.courses.find(one => one.id === next.courseId)?.title
  const path = pathOf(next)
  return (
    <>
      {t('calendar.nextClass')} {path ? <Link href={path}>{next.title}</Link> : next.title}
      {course && ` · ${course}`}
      {' · '}
      <Time at={next.startsAt} form="dayAndTime" />
    </>
  )
}
