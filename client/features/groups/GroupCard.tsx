// One group with its people, each with what can be done about them.
import { ArrowRightLeft, Crown, LogOut, Pencil, Trash2, UserPlus } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { t } from '#client/platform/texts.ts'
import { Avatar } from '#client/ui/Avatar.tsx'
import { Badge } from '#client/ui/Badge.tsx'
import { Button } from '#client/ui/Button.tsx'
import { Menu, type MenuItem } from '#client/ui/Menu.tsx'
import type { CoursePerson } from '#protocol/courses/people.ts'
import type { CourseId } from '#protocol/courses.ts'
import type { Group, GroupSet } from '#protocol/groups.ts'
import { leadGroup, takePersonOut } from './store.ts'

export interface Member extends CoursePerson {
  readonly leads: boolean
}

/** How many are in a group, of how many. */
export const countWords = (group: Group, most: number | null): string =>
  most === null ? t('groups.count', { count: group.members }) : t('groups.countOf', { count: group.members, most })

export interface GroupCardProps {
  readonly courseId: CourseId
  readonly group: Group
  /** Undefined for a section. */
  readonly set: GroupSet | undefined
  readonly members: readonly Member[]
  readonly mayManage: boolean
  readonly onMove: (person: CoursePerson) => void
  readonly onRename: () => void
  readonly onAdd: () => void
  readonly onRemove: () => void
}

export function GroupCard({ courseId, group, set, members, mayManage, ...on }: GroupCardProps) {
  const most = set?.most ?? null
  const acts: MenuItem[] = [
    { label: t('groups.addPeople'), icon: UserPlus, onSelect: on.onAdd },
    { label: t('groups.rename'), icon: Pencil, onSelect: on.onRename },
    { label: t('groups.remove'), icon: Trash2, kind: 'danger', onSelect: on.onRemove },
  ]
  const actsOf = (one: Member): MenuItem[] =>
    mayManage
      ? [
          ...(set
            ? [
                { label: t('groups.move'), icon: ArrowRightLeft, onSelect: () => on.onMove(one) },
                {
                  label: one.leads ? t('groups.noLeader') : t('groups.makeLeader'),
                  icon: Crown,
                  onSelect: () => void leadGroup(courseId, group.id, one.leads ? null : one.accountId),
                },
              ]
            : []),
          { label: t('groups.takeOut'), icon: LogOut, onSelect: () => void takePersonOut(courseId, one, group) },
        ]
      : []
  return (
    <li class="group-card" aria-label={group.name}>
      <div class="group-head">
        <h3>{group.name}</h3>
        <span class="group-count figures">{countWords(group, most)}</span>
        {mayManage && <Menu label={t('groups.groupMenu', { name: group.name })} items={acts} />}
      </div>
      {members.length === 0 ? <p class="muted">{t('groups.nobodyIn')}</p> : <People people={members} actsOf={actsOf} />}
    </li>
  )
}

export interface PeopleProps {
  readonly people: readonly Member[]
  readonly actsOf: (one: Member) => readonly MenuItem[]
  /** Beside one another where there is room. */
  readonly columns?: boolean | undefined
}

/** Drawn at once; the others at a tap. */
const firstShown = 12

/** Names, each with a menu of what can be done. */
export function People({ people, actsOf, columns = false }: PeopleProps) {
  const [all, setAll] = useState(false)
  const shown = all ? people : people.slice(0, firstShown)
  return (
    <>
      <ul class="group-people" data-columns={columns || undefined}>
        {shown.map(one => {
          const acts = actsOf(one)
          return (
            <li key={one.accountId} class="group-person">
              <Avatar name={one.name} seed={one.accountId} size={24} />
              <span class="group-name">{one.name}</span>
              {one.leads && <Badge tone="accent">{t('groups.leader')}</Badge>}
              {acts.length > 0 && <Menu label={t('groups.personMenu', { name: one.name })} items={[...acts]} />}
            </li>
          )
        })}
      </ul>
      {people.length > shown.length && (
        <Button size="small" kind="quiet" onClick={() => setAll(true)}>
          {t('groups.allMembers', { count: people.length - shown.length })}
        </Button>
      )}
    </>
  )
}
