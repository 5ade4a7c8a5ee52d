// The calendar of a person: a month at the desk, a list on the phone and for whoever likes one; all courses or one.
import { CalendarDays, CalendarPlus, ChevronLeft, ChevronRight, Rss } from 'lucide-preact'
import { useMemo, useRef, useState } from 'preact/hooks'
import { useLocation } from 'preact-iso/router'
import { person } from '#client/app/frame.ts'
import { type PageProps, pathTo } from '#client/app/paths.ts'
import { timeZone } from '#client/platform/dates.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { serverNow } from '#client/platform/realtime.ts'
import { locale, t } from '#client/platform/texts.ts'
import { Button } from '#client/ui/Button.tsx'
import { EmptyState } from '#client/ui/EmptyState.tsx'
import { ErrorState } from '#client/ui/ErrorState.tsx'
import { Field } from '#client/ui/Field.tsx'
import { IconButton } from '#client/ui/IconButton.tsx'
import { PageHeader } from '#client/ui/PageHeader.tsx'
import { useMedia } from '#client/ui/Pane.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import { dayIn, instantIn } from '#protocol/base/days.ts'
import type { CalendarPage as CalendarData, CalendarEvent } from '#protocol/calendar.ts'
import { Agenda } from './Agenda.tsx'
import { DayDialog } from './DayDialog.tsx'
import { byDay, firstWeekday, plusDays, plusMonths, weeksOf } from './days.ts'
import { hueOf } from './EntryRow.tsx'
import { EventDialog } from './EventDialog.tsx'
import { MonthGrid } from './MonthGrid.tsx'
import { SubscribeDialog } from './SubscribeDialog.tsx'
import { useCalendar } from './store.ts'
import { monthName } from './words.ts'
import './calendar.css'

/** From this width a month has room for its words. */
const wide = '(min-width: 48rem)'

/** How far the list goes from today, in days. */
const ahead = 42

const isDay = (value: string | undefined): value is string =>
  value !== undefined && /^\d{4}-\d\d-\d\d$/.test(value) && !Number.isNaN(Date.parse(value))

// The language of the page says how words are written, the browser's own, where it is the same one, when weeks begin.
const weekBegins = firstWeekday(navigator.languages.find(one => one.startsWith(locale)) ?? locale)

/** /calendar */
export function CalendarPage({ query }: PageProps<'calendar'>) {
  const { route: go } = useLocation()
  const zone = timeZone.value
  const today = dayIn(zone, serverNow())
  const day = isDay(query.day) ? query.day : today
  const view = useMedia(wide) && query.view !== 'list' ? 'month' : 'list'
  // Until a month is asked for, the list goes ahead from today.
  const fromToday = view === 'list' && !isDay(query.day)
  const weeks = useMemo(() => weeksOf(day, weekBegins), [day.slice(0, 7)])
  const days = useMemo(() => {
    if (view === 'month') return weeks.flat()
    const month = weeks.flat().filter(one => one.slice(0, 7) === day.slice(0, 7))
    return fromToday ? Array.from({ length: ahead }, (_, at) => plusDays(today, at)) : month
  }, [view, weeks, today, fromToday])
  const [first, last] = [days[0] ?? today, days.at(-1) ?? today]
  const calendar = useCalendar(instantIn(zone, first, '00:00') ?? '', instantIn(zone, plusDays(last, 1), '00:00') ?? '')
  const [opened, setOpened] = useState<string | undefined>(undefined)
  const [dialog, setDialog] = useState<'new' | 'subscribe' | CalendarEvent | undefined>(undefined)

  // From month to month the grid stays, and with it the focus: what is known of it already, then the rest.
  const known = useRef<CalendarData | undefined>(undefined)
  if (calendar.value) known.current = calendar.value
  const page = calendar.value ?? (view === 'month' && !calendar.problem ? known.current : undefined)
  const shows = query.show ?? ''
  const entries = useMemo(
    () => (page?.entries ?? []).filter(one => shows === '' || (one.courseId ?? 'own') === shows),
    [page, shows],
  )
  const found = useMemo(() => byDay(entries, days, zone), [entries, days, zone])
  const move = (change: { day?: string | undefined; view?: string; show?: string }) =>
    go(pathTo('calendar', {}, { ...query, ...change }), true)
  // The notice that takes it back lies behind an open day, out of reach.
  const done = () => {
    setOpened(undefined)
    calendar.reload()
  }
  const acts = { onDone: done, onChange: (event: CalendarEvent) => setDialog(event) }
  const earlier = fromToday ? `${today.slice(0, 7)}-01` : plusMonths(day, -1)

  const body = () => {
    if (calendar.problem && !page)
      return (
        <ErrorState
          title={t('calendar.failed')}
          detail={problemWords(calendar.problem)}
          requestId={calendar.problem.requestId}
          onRetry={calendar.reload}
        />
      )
    if (!page) return <Skeleton form={view === 'month' ? 'block' : 'rows'} />
    if (view === 'month')
      return (
        <>
          <MonthGrid {...{ page, weeks, found, today, day }} onDay={one => move({ day: one })} onOpen={setOpened} />
          <p class="muted calendar-keys" id="calendar-keys">
            {t('calendar.keys')}
          </p>
        </>
      )
    if (entries.length > 0) return <Agenda {...{ page, found, today }} {...acts} />
    if (shows !== '')
      return (
        <EmptyState
          icon={CalendarDays}
          title={t('calendar.emptyFiltered')}
          action={<Button onClick={() => move({ show: '' })}>{t('calendar.showEverything')}</Button>}
        />
      )
    return (
      <EmptyState icon={CalendarDays} title={t('calendar.empty')}>
        {t('calendar.emptyLead')}
      </EmptyState>
    )
  }

  return (
    <div class="stack">
      <PageHeader
        title={t('calendar.title')}
        lead={t('calendar.lead')}
        actions={
          person.value?.guest === false && (
            <>
              <Button icon={Rss} onClick={() => setDialog('subscribe')}>
                {t('calendar.subscribe')}
              </Button>
              <Button kind="primary" icon={CalendarPlus} onClick={() => setDialog('new')}>
                {t('calendar.newEvent')}
              </Button>
            </>
          )
        }
      />
      <div class="calendar-tools">
        <div class="cluster calendar-moves">
          <IconButton icon={ChevronLeft} label={t('calendar.earlier')} onClick={() => move({ day: earlier })} />
          <IconButton
            icon={ChevronRight}
            label={t('calendar.later')}
            onClick={() => move({ day: plusMonths(day, 1) })}
          />
          <h2 aria-live="polite">{fromToday ? t('calendar.fromToday') : monthName(day)}</h2>
          {(view === 'list' ? !fromToday : day !== today) && (
            <Button kind="quiet" onClick={() => move({ day: undefined })}>
              {t('calendar.thisMonth')}
            </Button>
          )}
        </div>
        <div class="calendar-choices">
          <Field
            type="select"
            name="show"
            label={t('calendar.shows')}
            value={shows}
            onValue={show => move({ show })}
            options={[
              { value: '', label: t('calendar.everything') },
              ...(page?.courses ?? []).map(one => ({ value: one.id as string, label: one.title })),
              { value: 'own', label: t('calendar.own') },
            ]}
          />
          <div class="calendar-view">
            <Field
              type="select"
              name="view"
              label={t('calendar.view')}
              value={query.view === 'list' ? 'list' : 'month'}
              onValue={one => move({ view: one })}
              options={[
                { value: 'month', label: t('calendar.month') },
                { value: 'list', label: t('calendar.list') },
              ]}
            />
          </div>
        </div>
      </div>
      {page && view === 'month' && page.courses.length > 0 && (
        <ul class="calendar-legend" aria-label={t('calendar.courses')}>
          {page.courses.map(one => (
            <li key={one.id} class="calendar-course" data-hue={hueOf(page.courses, one.id)}>
              {one.title}
            </li>
          ))}
          <li class="calendar-course" data-hue="own">
            {t('calendar.own')}
          </li>
        </ul>
      )}
      {body()}
      {page && opened !== undefined && dialog === undefined && (
        <DayDialog
          day={opened}
          entries={found.get(opened) ?? []}
          page={page}
          onClose={() => setOpened(undefined)}
          {...acts}
        />
      )}
      {page && dialog === 'subscribe' && (
        <SubscribeDialog courses={page.courses} onClose={() => setDialog(undefined)} />
      )}
      {page && dialog !== undefined && dialog !== 'subscribe' && (
        <EventDialog
          courses={page.courses}
          event={dialog === 'new' ? undefined : dialog}
          day={day}
          courseId={shows === '' || shows === 'own' ? null : shows}
          onClose={() => setDialog(undefined)}
          onDone={done}
        />
      )}
    </div>
  )
}
