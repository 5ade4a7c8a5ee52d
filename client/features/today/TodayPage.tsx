// The first page. Members see what needs them, most urgent first; others join a class with its code or sign in.
import { BookOpen, ChartColumn, Circle, Clock, MessageCircle, NotebookPen, UserRoundX } from 'lucide-preact'
import { useEffect } from 'preact/hooks'
import { courses, person } from '#client/app/frame.ts'
import { type PageProps, pathTo } from '#client/app/paths.ts'
import { GuestBefore } from '#client/features/accounts/GuestBefore.tsx'
import { zoneOf } from '#client/features/activities/course-facts.ts'
import { ComingUp } from '#client/features/calendar/ComingUp.tsx'
import { LiveBanner } from '#client/features/courses/LiveBanner.tsx'
import { audienceIn, useMyCourses } from '#client/features/courses/mine.ts'
import { courseActions, itemKind } from '#client/features/courses/registry.ts'
import { useCoursesHeads } from '#client/features/courses/use-heads.ts'
import { CourseGrade } from '#client/features/grades/Grade.tsx'
import { problemWords } from '#client/platform/problem-words.ts'
import { type TextKey, t, textsAreWhole } from '#client/platform/texts.ts'
import { answered, useLoad } from '#client/platform/use-load.ts'
import { Section } from '#client/ui/Card.tsx'
import { ErrorState } from '#client/ui/ErrorState.tsx'
import { Icon, type LucideIcon } from '#client/ui/Icon.tsx'
import { List, Row } from '#client/ui/List.tsx'
import { PageHeader } from '#client/ui/PageHeader.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import { Time } from '#client/ui/Time.tsx'
import { Together } from '#client/ui/Together.tsx'
import type { TodayEntry, TodayKind } from '#protocol/today.ts'
import { NothingNow } from './FirstSteps.tsx'
import { StartPage } from './StartPage.tsx'
import { listToday } from './store.ts'
import { WholeSchool } from './WholeSchool.tsx'
import './today.css'

/** Chooses by who is here; nothing is drawn before that is known. */
export function TodayPage(_: PageProps<'today'>) {
  const who = person.value
  if (who === null || who?.guest) return <StartPage guest={who?.name} />
  // What a member reads has words from inside; they may have been a stranger when this page was shown.
  return who && textsAreWhole() ? <MemberToday /> : <Skeleton form="page" />
}

function MemberToday() {
  const turn = useMyCourses()
  const heads = useCoursesHeads()
  const today = useLoad('today', listToday)
  const { value, problem, reload } = today
  useEffect(() => {
    if (turn > 0 || heads > 0) reload()
  }, [turn, heads])

  return (
    <div class="stack-loose">
      <PageHeader title={t('today.title')} />
      <GuestBefore onBrought={reload} />
      <Together ready={answered(today)}>
        {problem && !value ? (
          <ErrorState
            title={t('today.loadFailed')}
            detail={problemWords(problem)}
            requestId={problem.requestId}
            onRetry={reload}
          />
        ) : !value ? (
          <Skeleton form="rows" />
        ) : value.items.length === 0 ? (
          <NothingNow />
        ) : (
          groups.map(({ kind, title }) => {
            const mine = value.items.filter(entry => entry.kind === kind)
            if (mine.length === 0) return null
            return kind === 'live' ? (
              <div class="today-live" key={kind}>
                {mine.map(entry => (
                  <LiveBanner
                    key={entry.item.refId}
                    title={entry.title}
                    detail={entry.courseTitle}
                    join={
                      entry.courseId && audienceIn(entry.courseId) === 'staff'
                        ? t('courses.liveOpen')
                        : t('today.joinClass')
                    }
                    href={pathOf(entry)}
                  />
                ))}
              </div>
            ) : (
              <Section key={kind} title={t(title)}>
                <div class="card" data-flush>
                  <List label={t(title)}>
                    {mine.map(entry => (
                      <EntryRow key={`${entry.item.kind} ${entry.item.refId}`} entry={entry} />
                    ))}
                  </List>
                </div>
              </Section>
            )
          })
        )}
        <ComingUp />
        <StartHere />
        <WholeSchool />
      </Together>
    </div>
  )
}

/** Starting a class from here: the courses one teaches where none is live. */
function StartHere() {
  const taught = courses.value.filter(course => audienceIn(course.id) === 'staff' && !course.live)
  if (taught.length === 0) return null
  return (
    <Section title={t('today.startClass')}>
      <div class="card" data-flush>
        <List label={t('today.startClass')}>
          {taught.map(course => (
            <Row
              key={course.id}
              start={<Icon as={BookOpen} size={20} />}
              title={course.title}
              href={pathTo('course', { courseId: course.id })}
              end={courseActions(['live.host']).map(({ name, Button: Action }) => (
                <Action key={name} courseId={course.id} live />
              ))}
            />
          ))}
        </List>
      </div>
    </Section>
  )
}

const groups = [
  { kind: 'live', title: 'today.liveNow' },
  { kind: 'decide', title: 'today.decide' },
  { kind: 'due', title: 'today.due' },
  { kind: 'given', title: 'today.given' },
  { kind: 'graded', title: 'today.graded' },
  { kind: 'unread', title: 'today.unread' },
] as const satisfies readonly { kind: TodayKind; title: TextKey }[]

const icons: { readonly [K in TodayKind]: LucideIcon } = {
  live: Circle,
  decide: UserRoundX,
  due: Clock,
  given: NotebookPen,
  graded: ChartColumn,
  unread: MessageCircle,
}

/** Where an entry leads: its kind's own page, else the home of its course; what belongs to none is decided on its own page. */
function pathOf(entry: TodayEntry): string {
  const { courseId, item } = entry
  if (courseId === null) return pathTo('privacy')
  const known = itemKind(item.kind)?.path({ courseId, ...item }, audienceIn(courseId))
  return known ?? pathTo('course', { courseId })
}

function EntryRow({ entry }: { readonly entry: TodayEntry }) {
  const icon = itemKind(entry.item.kind)?.icon ?? icons[entry.kind]
  const count = entry.kind === 'unread' && typeof entry.detail.count === 'number' ? entry.detail.count : undefined
  const { count: waiting } = entry.detail
  const { score, of, given, handedIn, toMark, classTitle } = entry.detail
  return (
    <Row
      start={<Icon as={icon} size={20} />}
      title={
        entry.kind === 'decide' && typeof waiting === 'number'
          ? t('today.erasuresWait', { count: waiting })
          : entry.title
      }
      detail={
        <>
          {typeof classTitle === 'string' && <>{t('activities.catchUpOf', { title: classTitle })} · </>}
          {entry.courseTitle}
          {entry.at && (
            <>
              {' · '}
              <When entry={entry} at={entry.at} />
            </>
          )}
          {count !== undefined && <> · {t('today.unreadCount', { count })}</>}
          {typeof given === 'number' && typeof handedIn === 'number' && (
            <> · {t('today.handedIn', { handedIn, given })}</>
          )}
          {typeof toMark === 'number' && toMark > 0 && <> · {t('today.toMark', { count: toMark })}</>}
        </>
      }
      href={pathOf(entry)}
      end={
        typeof score === 'string' &&
        typeof of === 'string' &&
        entry.courseId && (
          <span class="figures">
            <CourseGrade form="row" courseId={entry.courseId} score={score} points={of} />
          </span>
        )
      }
    />
  )
}

/** The words around a time that goes on counting. */
function When({ entry, at }: { readonly entry: TodayEntry; readonly at: string }) {
  const past = Date.parse(at) < Date.now()
  const gap = { when: '\u0000' }
  const words =
    entry.kind === 'due' || entry.kind === 'given'
      ? past
        ? t('today.wasDueAt', gap)
        : t('today.dueAt', gap)
      : entry.kind === 'unread'
        ? t('today.unreadAt', gap)
        : t('today.gradedAt', gap)
  const [before, after] = words.split('\u0000')
  return (
    <>
      {before}
      <Time
        at={at}
        form={entry.kind === 'graded' ? 'day' : 'dayAndTime'}
        zone={entry.courseId === null ? undefined : zoneOf(entry.courseId)}
      />
      {after}
    </>
  )
}
