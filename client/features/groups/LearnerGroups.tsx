// A learner's groups: whom they work with, and where they sign up, change and leave. How full each is shows live.
import { UsersRound } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { person as frame } from '#client/app/frame.ts'
import { t } from '#client/platform/texts.ts'
import { Avatar } from '#client/ui/Avatar.tsx'
import { Badge } from '#client/ui/Badge.tsx'
import { Button } from '#client/ui/Button.tsx'
import { Card, Section } from '#client/ui/Card.tsx'
import { EmptyState } from '#client/ui/EmptyState.tsx'
import { List, Row } from '#client/ui/List.tsx'
import type { CourseId } from '#protocol/courses.ts'
import type { Group, GroupSet } from '#protocol/groups.ts'
import { countWords } from './GroupCard.tsx'
import { type GroupsView, joinGroup, leaveGroup, type OwnGroups } from './store.ts'

interface LearnerGroupsProps {
  readonly courseId: CourseId
  readonly view: GroupsView
}

/** Drawn at once; the others at a tap. */
const firstShown = 50

export function LearnerGroups({ courseId, view }: LearnerGroupsProps) {
  const own = view.own.value ?? []
  const sections = view.groups.filter(one => one.setId === null && own.some(mine => mine.groupId === one.id))
  const names = sections.map(one => one.name)
  if (view.sets.length === 0 && names.length === 0)
    return (
      <EmptyState icon={UsersRound} title={t('groups.emptyLearner')}>
        {t('groups.emptyLearnerLead')}
      </EmptyState>
    )
  return (
    <>
      {names.length > 0 && <p>{t('groups.yourSections', { count: names.length, names: names.join(', ') })}</p>}
      {view.sets.map(set => (
        <OwnSet
          key={set.id}
          courseId={courseId}
          set={set}
          groups={view.groups.filter(one => one.setId === set.id)}
          own={own}
          shut={view.shut}
          onDone={view.own.reload}
          maySignUp={view.course.standing.value?.capabilities.includes('group.join') ?? false}
        />
      ))}
    </>
  )
}

interface OwnSetProps {
  readonly courseId: CourseId
  readonly set: GroupSet
  readonly groups: readonly Group[]
  readonly own: OwnGroups
  /** Where they may not come and go by themselves. */
  readonly shut: ReadonlySet<string>
  readonly onDone: () => void
  readonly maySignUp: boolean
}

function OwnSet({ courseId, set, groups, own, shut, onDone, maySignUp }: OwnSetProps) {
  const [busy, setBusy] = useState<string>()
  const [count, setCount] = useState(firstShown)
  const here = groups.find(one => own.some(mine => mine.groupId === one.id))
  const members = own.find(one => one.groupId === here?.id)?.members ?? []
  const open = set.signUp === 'learners' && maySignUp
  const act = async (group: Group, what: () => Promise<void>) => {
    setBusy(group.id)
    await what()
    onDone()
    setBusy(undefined)
  }
  const full = (group: Group) => set.most !== null && group.members >= set.most
  const others = groups.filter(one => one.id !== here?.id)
  return (
    <Section title={set.name}>
      {here && (
        <section class="group-card" aria-label={t('groups.yours')}>
          <div class="group-head">
            <h3>{here.name}</h3>
            <Badge tone="good">{t('groups.yours')}</Badge>
            {open && !shut.has(here.id) && (
              <Button
                busy={busy === here.id}
                aria-label={t('groups.leaveGroup', { name: here.name })}
                onClick={() => void act(here, () => leaveGroup(courseId, here))}
              >
                {t('groups.leave')}
              </Button>
            )}
          </div>
          <ul class="group-people" data-columns>
            {members.map(one => (
              <li key={one.accountId} class="group-person">
                <Avatar name={one.name} seed={one.accountId} size={24} />
                <span class="group-name">
                  {one.name}
                  {one.accountId === frame.value?.id && <span class="muted"> ({t('groups.you')})</span>}
                </span>
                {one.leads && <Badge tone="accent">{t('groups.leader')}</Badge>}
              </li>
            ))}
          </ul>
        </section>
      )}
      {!here && !open && <p class="muted">{t('groups.waitForStaff')}</p>}
      {open && others.length > 0 && (
        <>
          {!here && <p class="muted">{t('groups.chooseOne')}</p>}
          <Card flush>
            <List label={set.name}>
              {others.slice(0, count).map(group => (
                <Row
                  key={group.id}
                  title={group.name}
                  detail={<span class="figures">{countWords(group, set.most)}</span>}
                  end={
                    full(group) ? (
                      <Badge>{t('groups.full')}</Badge>
                    ) : shut.has(group.id) || (here && shut.has(here.id)) ? (
                      <Badge>{t('groups.shut')}</Badge>
                    ) : (
                      <Button
                        busy={busy === group.id}
                        aria-label={t(here ? 'groups.changeTo' : 'groups.joinGroup', { name: group.name })}
                        onClick={() => void act(group, () => joinGroup(courseId, group, here))}
                      >
                        {here ? t('groups.change') : t('groups.join')}
                      </Button>
                    )
                  }
                />
              ))}
            </List>
          </Card>
          {others.length > count && (
            <div>
              <Button onClick={() => setCount(others.length)}>
                {t('groups.more', { count: others.length - count })}
              </Button>
            </div>
          )}
        </>
      )}
    </Section>
  )
}
