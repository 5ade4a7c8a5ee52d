// On a person's page, for administrators: in which courses they are and were, and which roles they were given where.
import { BookOpen, ShieldCheck } from 'lucide-preact'
import type { ComponentChildren } from 'preact'
import { pathTo } from '#client/app/paths.ts'
import { roleName } from '#client/features/access/words.ts'
import { stateWords } from '#client/features/courses/life.ts'
import { myCoursesTurn } from '#client/features/courses/mine.ts'
import { request } from '#client/platform/call.ts'
import { dayAndTime } from '#client/platform/dates.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { locale, t } from '#client/platform/texts.ts'
import { useReload } from '#client/platform/use-load.ts'
import { type Pages, usePages } from '#client/platform/use-pages.ts'
import { Badge } from '#client/ui/Badge.tsx'
import { Section } from '#client/ui/Card.tsx'
import { ErrorState } from '#client/ui/ErrorState.tsx'
import { Icon } from '#client/ui/Icon.tsx'
import { List, Row } from '#client/ui/List.tsx'
import { ShowMore } from '#client/ui/ShowMore.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import { accessRoutes, type HeldRole } from '#protocol/access.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import { type EnrolmentOfPerson, peopleRoutes } from '#protocol/courses/people.ts'

interface OfPerson {
  readonly accountId: AccountId
}

interface PartProps<T> {
  readonly title: string
  readonly list: Pages<{ readonly items: readonly T[] }>
  readonly none: string
  readonly row: (one: T) => ComponentChildren
}

/** One list with its waiting, failed and empty states. */
function Part<T>({ title, list, none, row }: PartProps<T>) {
  const { rows, problem, reload, more, busy } = list
  return (
    <Section title={title}>
      {!rows ? (
        problem ? (
          <ErrorState title={problemWords(problem)} requestId={problem.requestId} onRetry={reload} />
        ) : (
          <Skeleton form="rows" count={2} />
        )
      ) : rows.length === 0 ? (
        <p class="muted">{none}</p>
      ) : (
        <div class="card" data-flush>
          <List label={title}>{rows.map(row)}</List>
        </div>
      )}
      <ShowMore onMore={more} busy={busy} problem={rows && problem && problemWords(problem)} />
    </Section>
  )
}

export function CoursesOfPerson({ accountId }: OfPerson) {
  const list = usePages(`enrolments ${accountId}`, after =>
    request(peopleRoutes.enrolmentsOf, { accountId, ...(after ? { after } : {}) }),
  )
  useReload(list, myCoursesTurn.value)
  return (
    <Part
      title={t('people.courses')}
      list={list}
      none={t('people.noCourses')}
      row={one => <Enrolment key={`${one.courseId} ${one.at}`} one={one} />}
    />
  )
}

function Enrolment({ one }: { readonly one: EnrolmentOfPerson }) {
  const { role, custom, sections, at, endsAt, endedAt } = one
  const words = [
    role && roleName(custom ?? { key: role, name: '' }),
    sections.length > 0 && new Intl.ListFormat(locale).format(sections),
    endedAt
      ? t('people.enrolmentEnded', { from: dayAndTime(at), until: dayAndTime(endedAt) })
      : t('people.enrolmentSince', { when: dayAndTime(at) }),
    !endedAt && endsAt && t('people.enrolmentUntil', { when: dayAndTime(endsAt) }),
  ]
  return (
    <Row
      start={<Icon as={BookOpen} size={20} />}
      title={one.title}
      detail={words.filter(Boolean).join(' · ')}
      // What lies in the bin has no page.
      href={one.removed ? undefined : pathTo('people', { courseId: one.courseId })}
      end={
        one.removed ? (
          <Badge tone="warn">{t('people.courseInBin')}</Badge>
        ) : endedAt ? (
          <Badge>{t('people.ended')}</Badge>
        ) : (
          one.state !== 'published' && <Badge>{t(stateWords[one.state])}</Badge>
        )
      }
    />
  )
}

export function RolesOfPerson({ accountId }: OfPerson) {
  const list = usePages(`roles ${accountId}`, after =>
    request(accessRoutes.rolesOf, { accountId, ...(after ? { after } : {}) }),
  )
  useReload(list, myCoursesTurn.value)
  return (
    <Part
      title={t('people.rolesGiven')}
      list={list}
      none={t('people.noRolesGiven')}
      row={one => <Given key={`${one.role} ${one.place.id}`} one={one} />}
    />
  )
}

function Given({ one: { role, name, place, at, givenBy } }: { readonly one: HeldRole }) {
  const where = place.kind === 'site' ? t('access.whole') : place.name
  const when = dayAndTime(at)
  return (
    <Row
      start={<Icon as={ShieldCheck} size={20} />}
      title={t('people.roleIn', { role: roleName({ key: role, name }), place: where })}
      detail={givenBy ? t('people.givenBy', { name: givenBy, when }) : when}
      href={pathTo('rolePlace', { kind: place.kind, id: place.id }, { part: 'holders' })}
    />
  )
}
