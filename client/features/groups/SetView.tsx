// One set of groups, or the sections, as staff see it: who is in which, who is in none, and what can be done about it.
import { Copy, Download, Plus, Settings, Shuffle, Trash2, UsersRound } from 'lucide-preact'
import { useMemo, useState } from 'preact/hooks'
import { t } from '#client/platform/texts.ts'
import { Button, ButtonLink } from '#client/ui/Button.tsx'
import { Section } from '#client/ui/Card.tsx'
import { EmptyState } from '#client/ui/EmptyState.tsx'
import { Field } from '#client/ui/Field.tsx'
import { Menu, type MenuItem } from '#client/ui/Menu.tsx'
import type { CoursePerson } from '#protocol/courses/people.ts'
import type { CourseId } from '#protocol/courses.ts'
import type { Group, GroupId, GroupSet } from '#protocol/groups.ts'
import { AddPeopleDialog } from './AddPeopleDialog.tsx'
import { CountDialog } from './CountDialog.tsx'
import { FillDialog } from './FillDialog.tsx'
import { GroupCard, type Member, People } from './GroupCard.tsx'
import { MoveDialog, type Moving } from './MoveDialog.tsx'
import { RenameDialog } from './RenameDialog.tsx'
import { SetDialog } from './SetDialog.tsx'
import { byName, cloneSet, csvUrl, type GroupsView, removeGroup, removeSet } from './store.ts'

export interface SetViewProps {
  readonly courseId: CourseId
  readonly view: GroupsView
  /** Undefined: the sections. */
  readonly set: GroupSet | undefined
  readonly mayManage: boolean
}

type Asking =
  | { readonly is: 'nothing' | 'settings' | 'groups' | 'fill' }
  | { readonly is: 'rename' | 'people'; readonly group: Group }
  | { readonly is: 'move'; readonly moving: Moving }

/** Drawn at once; the others at a tap. */
const firstShown = 24

/** What the set asks of its groups, in words. */
export const factsOf = (set: GroupSet): string =>
  [
    set.signUp === 'learners' ? t('groups.factSigning') : t('groups.factStaff'),
    ...(set.most === null ? [] : [t('groups.factMost', { count: set.most })]),
    ...(set.withinSections ? [t('groups.factWithin')] : []),
  ].join(' · ')

function useMembers(view: GroupsView, groups: readonly Group[]) {
  return useMemo(() => {
    const persons = new Map((view.people.value ?? []).map(one => [one.accountId, one]))
    const held = new Map<GroupId, Member[]>(groups.map(one => [one.id, []]))
    for (const { groupId, accountId, leads } of view.members ?? []) {
      const person = persons.get(accountId)
      if (person) held.get(groupId)?.push({ ...person, leads })
    }
    for (const members of held.values()) members.sort((a, b) => Number(b.leads) - Number(a.leads) || byName(a, b))
    return held
  }, [view.people.value, view.members, groups])
}

export function SetView({ courseId, view, set, mayManage }: SetViewProps) {
  const [search, setSearch] = useState('')
  const [count, setCount] = useState(firstShown)
  const [asking, setAsking] = useState<Asking>({ is: 'nothing' })
  const close = () => setAsking({ is: 'nothing' })
  const setId = set?.id ?? null
  const groups = useMemo(() => view.groups.filter(one => one.setId === setId), [view.groups, setId])
  const members = useMembers(view, groups)
  const placed = new Set([...members.values()].flat().map(one => one.accountId))
  const learners = (view.people.value ?? []).filter(one => one.role === 'learner')
  const free = learners.filter(one => !placed.has(one.accountId)).sort(byName)

  const wanted = search.trim().toLocaleLowerCase()
  const fits = (name: string) => name.toLocaleLowerCase().includes(wanted)
  const found = groups.filter(one => fits(one.name) || members.get(one.id)?.some(person => fits(person.name)))
  const freeFound = free.filter(one => fits(one.name))
  const nothingFits = wanted !== '' && found.length === 0 && freeFound.length === 0

  const more: MenuItem[] = set
    ? [
        { label: t('groups.settings'), icon: Settings, onSelect: () => setAsking({ is: 'settings' }) },
        { label: t('groups.clone'), icon: Copy, onSelect: () => void cloneSet(courseId, set, 'same') },
        { label: t('groups.removeSet'), icon: Trash2, kind: 'danger', onSelect: () => void removeSet(courseId, set) },
      ]
    : []
  const title = set?.name ?? t('groups.sections')
  const move = (person: CoursePerson, from: Group | undefined) => setAsking({ is: 'move', moving: { person, from } })

  return (
    <div class="stack">
      <Section
        title={title}
        actions={
          <>
            {groups.length > 0 && (
              <ButtonLink href={csvUrl(courseId, setId)} download="" icon={Download} kind="quiet">
                {t('groups.download')}
              </ButtonLink>
            )}
            {mayManage && (
              <Button icon={Plus} onClick={() => setAsking({ is: 'groups' })}>
                {set ? t('groups.addGroups') : t('groups.addSections')}
              </Button>
            )}
            {mayManage && set && groups.length > 0 && (
              <Button icon={Shuffle} onClick={() => setAsking({ is: 'fill' })}>
                {t('groups.fill')}
              </Button>
            )}
            {mayManage && more.length > 0 && <Menu label={t('groups.setMenu', { name: title })} items={more} />}
          </>
        }
      >
        {set && (
          <p class="muted">
            {factsOf(set)} · {t('groups.placedOf', { placed: learners.length - free.length, count: learners.length })}
          </p>
        )}
      </Section>
      {groups.length === 0 ? (
        <EmptyState icon={UsersRound} title={set ? t('groups.emptySet') : t('groups.emptySections')}>
          {set ? t('groups.emptySetLead') : t('groups.emptySectionsLead')}
        </EmptyState>
      ) : (
        <div class="groups-search">
          <Field
            type="search"
            name="search"
            label={t('groups.search')}
            labelHidden
            placeholder={t('groups.search')}
            value={search}
            onValue={setSearch}
          />
        </div>
      )}
      {nothingFits && <EmptyState title={t('groups.noMatch')}>{t('groups.noMatchLead')}</EmptyState>}
      {set && groups.length > 0 && freeFound.length > 0 && (
        <section class="group-card" data-free aria-label={t('groups.inNoGroup', { count: free.length })}>
          <h3>{t('groups.inNoGroup', { count: free.length })}</h3>
          <People
            people={freeFound.map(one => ({ ...one, leads: false }))}
            actsOf={one => (mayManage ? [{ label: t('groups.move'), onSelect: () => move(one, undefined) }] : [])}
            columns
          />
        </section>
      )}
      {set && groups.length > 0 && free.length === 0 && learners.length > 0 && (
        <p class="muted">{t('groups.everybodyIn')}</p>
      )}
      <ul class="group-cards">
        {found.slice(0, count).map(group => (
          <GroupCard
            key={group.id}
            courseId={courseId}
            group={group}
            set={set}
            members={members.get(group.id) ?? []}
            mayManage={mayManage && !view.notManaged.has(group.id)}
            onMove={person => move(person, group)}
            onRename={() => setAsking({ is: 'rename', group })}
            onAdd={() => setAsking({ is: 'people', group })}
            onRemove={() => void removeGroup(courseId, group)}
          />
        ))}
      </ul>
      {found.length > count && (
        <div>
          <Button onClick={() => setCount(found.length)}>{t('groups.more', { count: found.length - count })}</Button>
        </div>
      )}
      {asking.is === 'settings' && set && <SetDialog courseId={courseId} set={set} onClose={close} />}
      {asking.is === 'groups' && <CountDialog courseId={courseId} set={set} there={groups} onClose={close} />}
      {asking.is === 'fill' && set && (
        <FillDialog courseId={courseId} set={set} groups={groups} people={view.people.value ?? []} onClose={close} />
      )}
      {asking.is === 'rename' && <RenameDialog courseId={courseId} group={asking.group} onClose={close} />}
      {asking.is === 'people' && (
        <AddPeopleDialog
          courseId={courseId}
          group={asking.group}
          people={set ? free : othersThan(view.people.value ?? [], members.get(asking.group.id) ?? [])}
          onClose={close}
        />
      )}
      {asking.is === 'move' && (
        <MoveDialog courseId={courseId} moving={asking.moving} set={set} groups={groups} onClose={close} />
      )}
    </div>
  )
}

/** Who can come into a section: everybody who is not in it, but guests of a class. */
function othersThan(people: readonly CoursePerson[], members: readonly Member[]): CoursePerson[] {
  const there = new Set(members.map(one => one.accountId))
  return people.filter(one => one.role !== 'guest' && !there.has(one.accountId)).sort(byName)
}
