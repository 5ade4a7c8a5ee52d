// What is live now. Who manages the site hears a picture of everything; who teaches reads their own classes anew every
// few seconds.
import { CalendarRange } from 'lucide-preact'
import { useEffect, useState } from 'preact/hooks'
import { type PageProps, pathTo } from '#client/app/paths.ts'
import { usePageTitle } from '#client/app/title.ts'
import { me } from '#client/features/accounts/store.ts'
import { useServerNow } from '#client/features/live/clock.ts'
import { MailSection } from '#client/features/mail/MailSection.tsx'
import { request } from '#client/platform/call.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { useLoad } from '#client/platform/use-load.ts'
import { useScope } from '#client/platform/use-scope.ts'
import { Banner } from '#client/ui/Banner.tsx'
import { ButtonLink } from '#client/ui/Button.tsx'
import { ErrorState } from '#client/ui/ErrorState.tsx'
import { PageHeader } from '#client/ui/PageHeader.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import { type OverviewPicture, overviewId, overviewRoutes, overviewScope, type Room } from '#protocol/overview.ts'
import { Nodes } from './Nodes.tsx'
import { type Opened, RoomPane } from './RoomPane.tsx'
import { RoomsTable } from './RoomsTable.tsx'
import { Tiles } from './Tiles.tsx'
import './overview.css'

const ownMs = 3_000
/** Figures older than this are told as old, in milliseconds. */
const oldMs = 10_000

/** /overview */
export function OverviewPage(_: PageProps<'overview'>) {
  usePageTitle(t('overview.title'))
  if (me.value === undefined) return <Skeleton form="page" />
  return me.value?.siteRole === 'administrator' ? <Everything /> : <Own />
}

function Everything() {
  const scope = useScope(overviewScope, overviewId)
  const problem = scope.problem.value
  const told = scope.fleeting.value.picture
  const first = scope.state.value
  // After coming back the state may be newer than what was told last.
  const picture = told && (!first || told.at > first.at) ? told : first
  if (!picture)
    return problem ? (
      <ErrorState page title={t('overview.failed')} detail={problemWords(problem)} />
    ) : (
      <Skeleton form="page" />
    )
  return <OverviewView at={picture.at} rooms={picture.rooms} all={picture} />
}

function Own() {
  const { value, problem, reload } = useLoad('own', () => request(overviewRoutes.rooms, {}))
  useEffect(() => {
    const timer = setInterval(reload, ownMs)
    return () => clearInterval(timer)
  }, [reload])
  if (!value)
    return problem ? (
      <ErrorState
        page
        title={t('overview.failed')}
        detail={problemWords(problem)}
        requestId={problem.requestId}
        onRetry={reload}
      />
    ) : (
      <Skeleton form="page" />
    )
  return <OverviewView at={value.at} rooms={value.rooms} />
}

/** The numbers of the class that is opened, as they stand now. */
function figuresOf(rooms: readonly Room[], opened: Opened | undefined): string {
  const room = rooms.find(one => one.runId === opened?.room.runId)
  return room ? `${room.question?.answered} ${room.connected} ${room.reconnecting} ${room.figures.joined}` : ''
}

export interface OverviewViewProps {
  readonly at: string
  readonly rooms: readonly Room[]
  /** For those who manage the site. */
  readonly all?: Pick<OverviewPicture, 'totals' | 'nodes'> | undefined
}

/** From the state alone. */
export function OverviewView({ at, rooms, all }: OverviewViewProps) {
  const [opened, setOpened] = useState<Opened | undefined>(undefined)
  const now = useServerNow('going')
  const age = Math.max(0, now - Date.parse(at))
  return (
    <div class="stack-loose">
      <PageHeader
        title={t('overview.title')}
        actions={
          all && (
            <ButtonLink icon={CalendarRange} href={pathTo('siteParticipation')}>
              {t('participation.title')}
            </ButtonLink>
          )
        }
        lead={
          <>
            <span class="figures">
              {age < 1_000 ? t('overview.asOfNow') : t('overview.asOf', { count: Math.floor(age / 1_000) })}
            </span>
            <p class="muted overview-definition">{t('overview.definition')}</p>
          </>
        }
      />
      {age > oldMs && <Banner tone="warn">{t('overview.stale')}</Banner>}
      {all && <Tiles totals={all.totals} />}
      <div id="overview-classes" tabIndex={-1}>
        <RoomsTable rooms={rooms} onOpen={setOpened} />
      </div>
      {all && (
        <div id="overview-nodes" tabIndex={-1}>
          <Nodes nodes={all.nodes} />
        </div>
      )}
      {all && <MailSection />}
      <RoomPane opened={opened} turn={figuresOf(rooms, opened)} onClose={() => setOpened(undefined)} />
    </div>
  )
}
