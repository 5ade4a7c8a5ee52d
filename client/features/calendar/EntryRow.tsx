// One entry as a line: what it is, when, of which course, and what may be done with it.
import { pathTo } from '#client/app/paths.ts'
import { audienceIn } from '#client/features/courses/mine.ts'
import { itemKind } from '#client/features/courses/registry.ts'
import { t } from '#client/platform/texts.ts'
import { Badge } from '#client/ui/Badge.tsx'
import { Icon } from '#client/ui/Icon.tsx'
import { Link } from '#client/ui/Link.tsx'
import { Row } from '#client/ui/List.tsx'
import { Menu } from '#client/ui/Menu.tsx'
import type { CalendarCourse, CalendarEntry, CalendarEvent, CalendarPage } from '#protocol/calendar.ts'
import { cancelTime, removeEvent } from './store.ts'
import { dayAndMonth, hoursOf, hourThere, kindIcons } from './words.ts'

/** Where an entry leads; undefined for what is an event of the calendar alone. */
export function pathOf({ courseId, item }: CalendarEntry): string | undefined {
  if (courseId === null || item === null) return undefined
  return itemKind(item.kind)?.path({ courseId, ...item }, audienceIn(courseId)) ?? pathTo('course', { courseId })
}

/** One of eight colours, in the order of the courses; always beside the course's name. */
export const hueOf = (courses: readonly CalendarCourse[], courseId: string | null): string => {
  const at = courses.findIndex(one => one.id === courseId)
  return at < 0 ? 'own' : 'abcdefgh'.charAt(at % 8)
}

/** What a course is called where there is little room. */
export const nameOf = (courses: readonly CalendarCourse[], courseId: string | null): string => {
  const course = courses.find(one => one.id === courseId)
  return course ? course.shortName || course.title : t('calendar.own')
}

export interface EntryActs {
  /** The calendar is read again. */
  readonly onDone: () => void
  readonly onChange: (event: CalendarEvent) => void
}

interface EntryRowProps extends EntryActs {
  readonly entry: CalendarEntry
  readonly day: string
  readonly page: CalendarPage
}

export function EntryRow({ entry, day, page, onDone, onChange }: EntryRowProps) {
  const event = page.events.find(one => one.id === entry.event?.id)
  const course = page.courses.find(one => one.id === entry.courseId)
  const there = hourThere(entry, event?.timeZone ?? course?.timeZone)
  const mayChange = event !== undefined && (entry.courseId === null || course?.mayChange === true)
  const weekly = event?.weeklyUntil != null
  const path = pathOf(entry)
  return (
    <Row
      start={<Icon as={kindIcons[entry.kind]} size={20} />}
      title={entry.title}
      href={path}
      detail={
        <>
          <span class="figures">{hoursOf(entry)}</span>
          {there && <span class="figures"> ({there})</span>}
          {` · ${t(`calendar.${entry.kind}`)} · `}
          <span class="calendar-course" data-hue={hueOf(page.courses, entry.courseId)}>
            {course?.title ?? t('calendar.own')}
          </span>
          {event && <EventDetail event={event} />}
        </>
      }
      end={
        <>
          {entry.hidden && (
            <Badge>{t(entry.item?.kind === 'homework' ? 'courses.hiddenState' : 'calendar.draft')}</Badge>
          )}
          {mayChange && event && (
            <Menu
              label={t('calendar.moreOf', { title: entry.title })}
              items={[
                { label: weekly ? t('calendar.changeAll') : t('calendar.change'), onSelect: () => onChange(event) },
                ...(weekly
                  ? [
                      {
                        label: t('calendar.cancelOne'),
                        onSelect: () => void cancelTime(entry, dayAndMonth(day), onDone),
                      },
                    ]
                  : []),
                {
                  label: weekly ? t('calendar.removeAll') : t('calendar.remove'),
                  kind: 'danger' as const,
                  onSelect: () => void removeEvent(event, onDone),
                },
              ]}
            />
          )}
        </>
      }
    />
  )
}

/** Where it is and what was noted; an address is a link. */
function EventDetail({ event: { place, note } }: { readonly event: CalendarEvent }) {
  return (
    <>
      {place && (
        <div class="calendar-place">{/^https?:\/\/\S+$/i.test(place) ? <Link href={place}>{place}</Link> : place}</div>
      )}
      {note && <div class="calendar-note">{note}</div>}
    </>
  )
}
