// The columns of a course's people: names lead to their profiles, roles are changed in place, and what can be done stands
// in a menu.
import { CalendarOff, UserMinus } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { person as frame } from '#client/app/frame.ts'
import { pathTo } from '#client/app/paths.ts'
import { roleName } from '#client/features/access/words.ts'
import { dayWord } from '#client/platform/dates.ts'
import { t } from '#client/platform/texts.ts'
import { Avatar } from '#client/ui/Avatar.tsx'
import { Badge } from '#client/ui/Badge.tsx'
import { Field } from '#client/ui/Field.tsx'
import { Link } from '#client/ui/Link.tsx'
import { Menu, type MenuItem } from '#client/ui/Menu.tsx'
import type { Column } from '#client/ui/Table.tsx'
import { Time } from '#client/ui/Time.tsx'
import { showToast } from '#client/ui/Toast.tsx'
import type { AccountId } from '#protocol/base/ids.ts'
import { type CourseRole, courseRoles } from '#protocol/base/roles.ts'
import type { CoursePerson } from '#protocol/courses/people.ts'
import { allPersonActs } from './registry.ts'
import { attempt, type CourseId, changeRole, endEnrolment, enrolPerson, roleWord } from './store.ts'

interface ColumnsFor {
  readonly mayEnrol: boolean
  /** Whether the reader looks after roles, and is led to them. */
  readonly mayGive: boolean
  readonly go: (path: string) => void
  /** The course's own, in which somebody's last day is one. */
  readonly zone: string
  readonly onEnd: (person: CoursePerson) => void
}

/** What the reader sees of each, by what they may do. */
export function columnsFor(
  courseId: CourseId,
  { mayEnrol, mayGive, go, zone, onEnd }: ColumnsFor,
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
    value: one => roleWord(one.role),
    sortable: true,
    ...(mayEnrol ? { cell: (one: CoursePerson) => <RoleCell courseId={courseId} person={one} /> } : {}),
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
      if (mayEnrol)
        items.push(
          { label: t('courses.endAct'), icon: CalendarOff, onSelect: () => onEnd(one) },
          {
            label: t('courses.endEnrolment'),
            icon: UserMinus,
            kind: 'danger',
            onSelect: () => void end(courseId, one),
          },
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

interface GivenProps {
  readonly courseId: CourseId
  readonly person: CoursePerson
  readonly mayGive: boolean
}

/** The roles somebody holds in the course beside the one they are enrolled in; for who may, the way to where they are given. */
function Given({ courseId, person: { name, given }, mayGive }: GivenProps) {
  if (given.length === 0) return null
  return (
    <ul class="person-given" aria-label={t('courses.peopleGiven', { name })}>
      {given.map(role => (
        <li key={role.key}>
          {mayGive ? (
            <Link quiet href={pathTo('rolePlace', { kind: 'course', id: courseId })}>
              <Badge>{roleName(role)}</Badge>
            </Link>
          ) : (
            <Badge>{roleName(role)}</Badge>
          )}
        </li>
      ))}
    </ul>
  )
}

// The end is the moment the last day is over.
const justBefore = (at: string): string => new Date(Date.parse(at) - 1).toISOString()

const howTexts = {
  'by hand': 'courses.byHand',
  'join code': 'courses.byCode',
  cohort: 'courses.byCohort',
  invitation: 'courses.byInvitation',
  self: 'openings.byThemselves',
} as const satisfies Record<CoursePerson['how'], string>

/** Removes somebody, with a notice that brings them back in their role. */
async function end(courseId: CourseId, one: CoursePerson): Promise<void> {
  const accountId = one.accountId as AccountId
  if (!(await attempt(() => endEnrolment({ courseId, accountId })))) return
  showToast({
    text: t('courses.enrolmentEnded', { name: one.name }),
    onUndo: () => void attempt(() => enrolPerson({ courseId, accountId, role: one.role })),
  })
}

function RoleCell({ courseId, person }: { readonly courseId: CourseId; readonly person: CoursePerson }) {
  const [chosen, setChosen] = useState<CourseRole>()
  const set = async (value: string) => {
    const role = courseRoles.find(one => one === value)
    if (!role) return
    setChosen(role)
    const done = await attempt(() => changeRole({ courseId, accountId: person.accountId, role }))
    setChosen(undefined)
    if (done) showToast({ text: t('courses.roleChanged', { name: person.name, role: roleWord(role) }) })
  }
  return (
    <span class="role-cell">
      <Field
        type="select"
        name={`role-${person.accountId}`}
        label={t('courses.roleOf', { name: person.name })}
        labelHidden
        value={chosen ?? person.role}
        onValue={value => void set(value)}
        options={courseRoles
          .filter(one => one !== 'guest' || person.role === 'guest')
          .map(one => ({ value: one, label: roleWord(one) }))}
      />
    </span>
  )
}
