// Who is in the class: a window of the roster by filter, read anew every few seconds while it is open.
import { useEffect, useState } from 'preact/hooks'
import { request } from '#client/platform/call.ts'
import { ClientProblem } from '#client/platform/problem.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { Avatar } from '#client/ui/Avatar.tsx'
import { Badge } from '#client/ui/Badge.tsx'
import { Button } from '#client/ui/Button.tsx'
import { EmptyState } from '#client/ui/EmptyState.tsx'
import { ErrorState } from '#client/ui/ErrorState.tsx'
import { List, Row } from '#client/ui/List.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import { Tabs } from '#client/ui/Tabs.tsx'
import { Time } from '#client/ui/Time.tsx'
import type { InputBefore } from '#protocol/base/call.ts'
import { liveRoutes, type RosterEntry } from '#protocol/live.ts'
import type { RosterFilter } from './RemoteView.tsx'

type Input = InputBefore<typeof liveRoutes.roster>

const everyMs = 3_000
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
  here: 'live.hintHere',
  silent: 'live.hintSilent',
  reconnecting: 'live.hintReconnecting',
  absent: 'live.hintAbsent',
} as const

/** Mounted while it is in sight. */
export function Roster({ runId, first }: { readonly runId: string; readonly first: RosterFilter }) {
  const [filter, setFilter] = useState<RosterFilter>(first)
  const [limit, setLimit] = useState(page)
  const [read, setRead] = useState<{ items: readonly RosterEntry[]; more: boolean; count: number } | undefined>(
    undefined,
  )
  const [problem, setProblem] = useState<ClientProblem | undefined>(undefined)

  useEffect(() => {
    let stale = false
    let timer: ReturnType<typeof setTimeout> | undefined
    setRead(undefined)
    const load = async () => {
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
      if (!stale) timer = setTimeout(load, everyMs)
    }
    void load()
    return () => {
      stale = true
      clearTimeout(timer)
    }
  }, [runId, filter, limit])

  const tabs: readonly { id: RosterFilter; label: string }[] = [
    { id: 'all', label: t('live.all') },
    { id: 'here', label: t('live.here') },
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
                  one.answered !== null && one.role !== 'host' ? (
                    <Badge tone={one.answered ? 'good' : 'neutral'}>
                      {one.answered ? t('live.hasAnswered') : t('live.hasNotAnswered')}
                    </Badge>
                  ) : undefined
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
