// Who is in the class: a window of the roster by filter, read anew when its numbers move, and every few seconds, while it
// is open.
import { LogIn, UserX } from 'lucide-preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { call, request } from '#client/platform/call.ts'
import { ClientProblem } from '#client/platform/problem.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { Avatar } from '#client/ui/Avatar.tsx'
import { Badge } from '#client/ui/Badge.tsx'
import { Button } from '#client/ui/Button.tsx'
import { EmptyState } from '#client/ui/EmptyState.tsx'
import { ErrorState } from '#client/ui/ErrorState.tsx'
import { List, Row } from '#client/ui/List.tsx'
import { Menu, type MenuItem } from '#client/ui/Menu.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import { Tabs } from '#client/ui/Tabs.tsx'
import { Time } from '#client/ui/Time.tsx'
import { showToast } from '#client/ui/Toast.tsx'
import type { InputBefore } from '#protocol/base/call.ts'
import { liveCalls, liveRoutes, type RosterEntry, type RosterFilter } from '#protocol/live.ts'

type Input = InputBefore<typeof liveRoutes.roster>

const everyMs = 3_000
/** However fast the numbers move, it is not read more often. */
const soonMs = 700
const page = 100
const presenceWords = {
  here: 'live.presenceHere',
  reconnecting: 'live.presenceReconnecting',
  left: 'live.presenceLeft',
  absent: 'live.presenceAbsent',
} as const
const roleWords = { host: 'live.roleHost', learner: 'live.roleLearner', guest: 'live.roleGuest' } as const

/** What a number counts, where its word does not say it. */
const hints = {
  all: 'live.hintJoined',
  joined: 'live.hintSeated',
  answered: 'live.hintAnswered',
  here: 'live.hintHere',
  silent: 'live.hintSilent',
  reconnecting: 'live.hintReconnecting',
  absent: 'live.hintAbsent',
} as const

type RosterProps = {
  readonly runId: string
  readonly first: RosterFilter
  /** Moves when the numbers of the class do. */
  readonly turn: string
}

/** Mounted while it is in sight. */
export function Roster({ runId, first, turn }: RosterProps) {
  const [filter, setFilter] = useState<RosterFilter>(first)
  const [limit, setLimit] = useState(page)
  const [read, setRead] = useState<{ items: readonly RosterEntry[]; more: boolean; count: number } | undefined>(
    undefined,
  )
  const [problem, setProblem] = useState<ClientProblem | undefined>(undefined)
  const sooner = useRef<() => void>(() => undefined)

  useEffect(() => sooner.current(), [turn])
  useEffect(() => {
    let stale = false
    let timer: ReturnType<typeof setTimeout> | undefined
    let began = 0
    let moved = false
    setRead(undefined)
    const load = async () => {
      began = Date.now()
      timer = undefined
      moved = false
      try {
        const items: RosterEntry[] = []
        let after: string | undefined
        let count = 0
        do {
          const input = { runId, filter, limit: 200, ...(after ? { after } : {}) } as Input
          const got = await request(liveRoutes.roster, input)
          items.push(...got.items)
          count = got.count
          after = got.next
        } while (after && items.length < limit)
        if (stale) return
        setRead({ items: items.slice(0, limit), more: items.length > limit || after !== undefined, count })
        setProblem(undefined)
      } catch (error) {
        if (!stale) setProblem(error instanceof ClientProblem ? error : new ClientProblem('internal'))
      }
      if (!stale) timer = setTimeout(load, moved ? soonMs : everyMs)
    }
    void load()
    sooner.current = () => {
      moved = true
      // While it is being read there is no timer: the next one is set with the answer.
      if (timer === undefined) return
      clearTimeout(timer)
      timer = setTimeout(load, Math.max(0, soonMs - (Date.now() - began)))
    }
    return () => {
      stale = true
      clearTimeout(timer)
    }
  }, [runId, filter, limit])

  const tabs: readonly { id: RosterFilter; label: string }[] = [
    { id: 'all', label: t('live.all') },
    { id: 'joined', label: t('live.joined') },
    { id: 'here', label: t('live.here') },
    { id: 'answered', label: t('live.answered') },
    { id: 'silent', label: t('live.silent') },
    { id: 'reconnecting', label: t('live.reconnecting') },
    { id: 'absent', label: t('live.absent') },
  ]
  const hint = hints[filter]
  return (
    <Tabs
      label={t('live.people')}
      selected={filter}
      onSelect={setFilter}
      tabs={tabs.map(tab => (tab.id === filter && read ? { ...tab, count: read.count } : tab))}
    >
      {hint && <p class="muted">{t(hint)}</p>}
      {problem && !read ? (
        <ErrorState title={problemWords(problem)} />
      ) : !read ? (
        <Skeleton form="rows" />
      ) : read.items.length === 0 ? (
        <EmptyState title={t('live.nobodyInFilter')} />
      ) : (
        <>
          <List label={t('live.people')}>
            {read.items.map(one => (
              <Row
                key={one.accountId}
                start={<Avatar name={one.name} seed={one.accountId} present={one.presence === 'here'} />}
                title={one.name}
                detail={
                  <>
                    {`${t(roleWords[one.role])} · ${t(presenceWords[one.presence])}`}
                    {one.lastHereAt && (
                      <>
                        {' · '}
                        <LastHere at={one.lastHereAt} />
                      </>
                    )}
                  </>
                }
                end={
                  one.role === 'host' ? undefined : (
                    <>
                      {one.out ? (
                        <Badge tone="bad">{t('live.isOut')}</Badge>
                      ) : (
                        one.answered !== null && (
                          <Badge tone={one.answered ? 'good' : 'neutral'}>
                            {one.answered ? t('live.hasAnswered') : t('live.hasNotAnswered')}
                          </Badge>
                        )
                      )}
                      {(one.out || one.presence !== 'absent') && (
                        <Menu label={t('live.personMenu', { name: one.name })} items={[personAct(runId, one)]} />
                      )}
                    </>
                  )
                }
              />
            ))}
          </List>
          {read.more && (
            <Button wide onClick={() => setLimit(limit + page)}>
              {t('live.rosterMore')}
            </Button>
          )}
        </>
      )}
    </Tabs>
  )
}

/** Puts somebody out, or lets them back; each with a notice that takes it back. */
function personAct(runId: string, { accountId, name, out }: RosterEntry): MenuItem {
  const input = { runId, accountId } as InputBefore<typeof liveCalls.putOut>
  const act = (letting: boolean) => call(letting ? liveCalls.letBack : liveCalls.putOut, input)
  const tell = (error: unknown) => showToast({ text: problemWords(error), tone: 'bad' })
  const onSelect = () => {
    const done = () =>
      showToast({
        text: t(out ? 'live.letBackDone' : 'live.putOutDone', { name }),
        onUndo: () => void act(!out).catch(tell),
      })
    act(out).then(done, tell)
  }
  return out
    ? { label: t('live.letBack'), icon: LogIn, onSelect }
    : { label: t('live.putOut'), icon: UserX, kind: 'danger', onSelect }
}

/** "last here 2 minutes ago": the words around a time that goes on counting. */
function LastHere({ at }: { readonly at: string }) {
  const [before, after] = t('live.lastHere', { when: '\u0000' }).split('\u0000')
  return (
    <>
      {before}
      <Time at={at} />
      {after}
    </>
  )
}
