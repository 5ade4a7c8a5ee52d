// The role somebody is enrolled with, changed in place, with a notice that gives back the one they had; and the roles they hold
// beside it. Who is here by a given role alone can be enrolled at the same place.
import { useState } from 'preact/hooks'
import { pathTo } from '#client/app/paths.ts'
import { roleName } from '#client/features/access/words.ts'
import type { InvitedChoice } from '#client/features/accounts/invitations/store.ts'
import { t } from '#client/platform/texts.ts'
import { Badge } from '#client/ui/Badge.tsx'
import { Field } from '#client/ui/Field.tsx'
import { Link } from '#client/ui/Link.tsx'
import { showToast } from '#client/ui/Toast.tsx'
import type { RoleKey } from '#protocol/access.ts'
import { builtInInvitedRole, invitedRole } from '#protocol/accounts.ts'
import type { CoursePerson, RoleInCourse } from '#protocol/courses/people.ts'
import { attempt, type CourseId, changeRole, type EnrolledRole, endEnrolment, enrolPerson, roleWord } from './store.ts'

/** The role that says what they may; null for who is not enrolled. */
export const keyOf = ({ custom, role }: CoursePerson): EnrolledRole | null =>
  custom ? (custom.key as EnrolledRole) : role

/** What somebody is in a course, in words. */
export const personRole = ({ custom, role }: CoursePerson): string =>
  custom ? roleName(custom) : role ? roleWord(role) : t('courses.notEnrolled')

/** The roles somebody may be enrolled with: what every course has, and of those made here what the reader may give. */
export const toEnrolWith = (roles: readonly RoleInCourse[]): RoleInCourse[] =>
  roles.filter(one => (one.name === '' ? one.key !== 'guest' : one.mayGive))

/** What people can be invited as: the roles they may be enrolled with, those every course has while the list is not there yet. */
export function toInviteAs(roles: readonly RoleInCourse[]): InvitedChoice[] {
  if (roles.length === 0) return builtInInvitedRole.options.map(value => ({ value, label: roleWord(value) }))
  return toEnrolWith(roles).flatMap(one => {
    const value = invitedRole.safeParse(one.key).data
    return value === undefined ? [] : [{ value, label: roleName(one) }]
  })
}

interface GivenProps {
  readonly courseId: CourseId
  readonly person: CoursePerson
  readonly mayGive: boolean
}

/** The roles somebody holds in the course beside the one they are enrolled in; for who may, the way to where they are given. */
export function Given({ courseId, person: { name, given }, mayGive }: GivenProps) {
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

interface RoleCellProps {
  readonly courseId: CourseId
  readonly person: CoursePerson
  readonly roles: readonly RoleInCourse[]
}

export function RoleCell({ courseId, person, roles }: RoleCellProps) {
  const [chosen, setChosen] = useState<RoleKey>()
  const { accountId, name } = person
  const now = keyOf(person)
  const offered = toEnrolWith(roles).map(one => ({ value: one.key as string, label: roleName(one) }))
  const stands = now !== null && !offered.some(one => one.value === now)

  const give = (role: EnrolledRole) =>
    now === null ? enrolPerson({ courseId, accountId, role }) : changeRole({ courseId, accountId, role })
  const back = () =>
    now === null ? endEnrolment({ courseId, accountId }) : changeRole({ courseId, accountId, role: now })
  const set = async (value: string) => {
    const role = roles.find(one => one.key === value)
    if (!role) return
    setChosen(role.key)
    const done = await attempt(() => give(role.key as EnrolledRole))
    setChosen(undefined)
    if (done)
      showToast({
        topic: 'course-role',
        text: t('courses.roleChanged', { name, role: roleName(role) }),
        onUndo: () => void attempt(back),
      })
  }
  return (
    <span class="role-cell">
      <Field
        type="select"
        name={`role-${accountId}`}
        label={t('courses.roleOf', { name })}
        labelHidden
        value={chosen ?? now ?? ''}
        onValue={value => void set(value)}
        options={[
          ...(now === null ? [{ value: '', label: t('courses.notEnrolled') }] : []),
          ...(stands ? [{ value: now, label: personRole(person) }] : []),
          ...offered,
        ]}
      />
    </span>
  )
}
