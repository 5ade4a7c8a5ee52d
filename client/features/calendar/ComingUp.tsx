// What the calendar holds in the next days, for the first page: what takes place, not what is due, which stands there
// already. Nothing where there is nothing.
import { useState } from 'preact/hooks'
import { pathTo } from '#client/app/paths.ts'
import { serverNow } from '#client/platform/realtime.ts'
import { t } from '#client/platform/texts.ts'
import { ButtonLink } from '#client/ui/Button.tsx'
import { Section } from '#client/ui/Card.tsx'
import { Icon } from '#client/ui/Icon.tsx'
import { List, Row } from '#client/ui/List.tsx'
import { Time } from '#client/ui/Time.tsx'
import type { CalendarEntry } from '#protocol/calendar.ts'
import { pathOf } from './EntryRow.tsx'
import { useCalendar } from './store.ts'
import { kindIcons } from './words.ts'

const week = 7 * 86_400_000
/** How many are shown; the calendar has the rest. */
const most = 4

const takesPlace = ({ kind, hidden }: CalendarEntry): boolean => kind !== 'due' && kind !== 'opens' && !hidden

/** The section. */
export function ComingUp() {
  const [from] = useState(serverNow)
  const { value } = useCalendar(new Date(from).toISOString(), new Date(from + week).toISOString())
  const coming = (value?.entries ?? []).filter(one => takesPlace(one) && Date.parse(one.startsAt) > from).slice(0, most)
  if (coming.length === 0) return null
  return (
    <Section
      title={t('today.comingUp')}
      actions={
        <ButtonLink kind="quiet" size="small" href={pathTo('calendar')}>
          {t('calendar.title')}
        </ButtonLink>
      }
    >
      <div class="card" data-flush>
        <List label={t('today.comingUp')}>
          {coming.map(entry => (
            <Row
              key={entry.id}
              start={<Icon as={kindIcons[entry.kind]} size={20} />}
              title={entry.title}
              href={pathOf(entry)}
              detail={
                <>
                  <Time at={entry.startsAt} form={entry.days ? 'day' : 'dayAndTime'} />
                  {' · '}
                  {value?.courses.find(one => one.id === entry.courseId)?.title ?? t('calendar.own')}
                </>
              }
            />
          ))}
        </List>
      </div>
    </Section>
  )
}
