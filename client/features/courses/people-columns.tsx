// The columns of a course's people: names lead to their profiles, roles are changed in place, and what can be done stands
// in a menu.
import { CalendarOff, UserMinus } from 'lucide-preact'
import { person as frame } from '#client/app/frame.ts'
import { pathTo } from '#client/app/paths.ts'
import { roleName } from '#client/features/access/words.ts'
import { request } from '#client/platform/call.ts'
import { dayWord } from '#client/platform/dates.ts'
import { t } from '#client/platform/texts.ts'
import { Avatar } from '#client/ui/Avatar.tsx'
import { Link } from '#client/ui/Link.tsx'
import { Menu, type MenuItem } from '#client/ui/Menu.tsx'
import type { Column } from '#client/ui/Table.tsx'
import { Time } from '#client/ui/Time.tsx'
import { showToast } from '#client/ui/Toast.tsx'
import { accessRoutes } from '#protocol/access.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import type { CoursePerson, RoleInCourse } from '#protocol/courses/people.ts'
import { Given, keyOf, personRole, RoleCell } from './RoleCell.tsx'
import { allPersonActs } from './registry.ts'
import { attempt, type CourseId, endEnrolment, enrolPerson } from './store.ts'

interface ColumnsFor {
  readonly mayEnrol: boolean
  /** Whether the reader looks after roles, and is led to them. */
  readonly mayGive: boolean
  /** The roles there are in the course. */
  readonly roles: readonly RoleInCourse[]
  readonly go: (path: string) => void
  /** The course's own, in which somebody's last day is one. */
  readonly zone: string
  readonly onEnd: (person: CoursePerson) => void
}

/** What the reader sees of each, by what they may do. */
export function columnsFor(
  courseId: CourseId,
  { mayEnrol, mayGive, roles, go, zone, onEnd }: ColumnsFor,
): Column<CoursePerson>[] {
  const named: Column<CoursePerson> = {
    key: 'name',
    head: t('courses.peopleName'),
    value: one => one.name,
    sortable: true,
    rowHead: true,
    cell: one => (
      <span class="person-cell">
        <Avatar name={one.name} seed={one.accountId} size={24} />
        <span>
          <Link quiet href={pathTo('person', { accountId: one.accountId })}>
            {one.name}
          </Link>
          {one.accountId === frame.value?.id && <span class="muted"> ({t('courses.you')})</span>}
          <Given courseId={courseId} person={one} mayGive={mayGive} />
        </span>
      </span>
    ),
  }
  const role: Column<CoursePerson> = {
    key: 'role',
    head: t('courses.peopleRole'),
    value: personRole,
    sortable: true,
    ...(mayEnrol ? { cell: (one: CoursePerson) => <RoleCell courseId={courseId} person={one} roles={roles} /> } : {}),
  }
  const menu: Column<CoursePerson> = {
    key: 'menu',
    head: t('courses.peopleActions'),
    value: () => '',
    cell: one => {
      const items: MenuItem[] =
        one.accountId === frame.value?.id || one.role === 'guest'
          ? []
          : allPersonActs().map(({ label, icon, run }) => ({
              label: t(label),
              icon,
              onSelect: () => run(one.accountId, go),
            }))
      if (mayEnrol && one.role !== null)
        items.push(
          { label: t('courses.endAct'), icon: CalendarOff, onSelect: () => onEnd(one) },
          {
            label: t('courses.endEnrolment'),
            icon: UserMinus,
            kind: 'danger',
            onSelect: () => void end(courseId, one),
          },
        )
      if (mayGive)
        items.push(
          ...one.given.map(role => ({
            label: t('courses.takeGiven', { role: roleName(role) }),
            icon: UserMinus,
            onSelect: () => void take(courseId, one, role),
          })),
        )
      return items.length > 0 && <Menu label={t('courses.personMenu', { name: one.name })} items={items} />
    },
  }
  if (!mayEnrol) return [named, role, menu]
  return [
    named,
    role,
    {
      key: 'email',
      head: t('courses.peopleEmail'),
      value: one => one.email ?? t('courses.peopleGuest'),
      sortable: true,
    },
    {
      key: 'since',
      head: t('courses.peopleSince'),
      value: one => one.at,
      sortable: true,
      cell: one => (
        <>
          <Time at={one.at} form="day" />, {t(howTexts[one.how])}
          {one.endsAt !== null && (
            <span class="muted">
              {' '}
              · {t('courses.endsOn', { date: dayWord(justBefore(one.endsAt), undefined, zone) })}
            </span>
          )}
        </>
      ),
    },
    menu,
  ]
}

// The end is the moment the last day is over.
const justBefore = (at: string): string => new Date(Date.parse(at) - 1).toISOString()

const howTexts = {
  'by hand': 'courses.byHand',
  'join code': 'courses.byCode',
  cohort: 'courses.byCohort',
  invitation: 'courses.byInvitation',
  self: 'openings.byThemselves',
  given: 'courses.byGiven',
} as const satisfies Record<CoursePerson['how'], string>

/** Takes a role from somebody that was given beside an enrolment, with a notice that gives it back. */
async function take(courseId: CourseId, { accountId, name }: CoursePerson, role: CoursePerson['given'][number]) {
  const held = { kind: 'course', id: courseId, role: role.key, accountId } as const
  if (!(await attempt(() => request(accessRoutes.takeRole, held)))) return
  showToast({
    text: t('courses.givenTaken', { name, role: roleName(role) }),
    onUndo: () => void attempt(() => request(accessRoutes.grantRole, held)),
  })
}

/** Removes somebody, with a notice that brings them back in their role. */
async function end(courseId: CourseId, one: CoursePerson): Promise<void> {
  const accountId = one.accountId as AccountId
  const role = keyOf(one)
  if (role === null) return
  if (!(await attempt(() => endEnrolment({ courseId, accountId })))) return
  showToast({
    text: t('courses.enrolmentEnded', { name: one.name }),
    onUndo: () => void attempt(() => enrolPerson({ courseId, accountId, role })),
  })
}
