// One import: what would be or was done, how far it is while it runs, the rows that are not taken, and the way back.
import { Link2 } from 'lucide-preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { pathTo } from '#client/app/paths.ts'
import { LinksDialog } from '#client/features/accounts/people/LinksDialog.tsx'
import { mailSetUp } from '#client/features/accounts/store.ts'
import { request } from '#client/platform/call.ts'
import type { ClientProblem } from '#client/platform/problem.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { locale, t } from '#client/platform/texts.ts'
import { useLoad } from '#client/platform/use-load.ts'
import { Badge } from '#client/ui/Badge.tsx'
import { Banner } from '#client/ui/Banner.tsx'
import { Button, ButtonLink } from '#client/ui/Button.tsx'
import { ErrorState } from '#client/ui/ErrorState.tsx'
import { Link } from '#client/ui/Link.tsx'
import { Progress } from '#client/ui/Progress.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import { Time } from '#client/ui/Time.tsx'
import { showToast } from '#client/ui/Toast.tsx'
import {
  type ImportId,
  type ImportState,
  type PieceSort,
  type SiteImport,
  siteImportRoutes,
} from '#protocol/imports.ts'

import { ErrorRows } from './ErrorRows.tsx'
import { ChangingRows, DifferingRows, FirstRows } from './FirstRows.tsx'
import { listNames } from './ListsForm.tsx'
import { UndoDialog } from './UndoDialog.tsx'

const stateTexts = {
  filling: 'imports.sending',
  checked: 'imports.checked',
  running: 'imports.running',
  done: 'imports.done',
  cancelled: 'imports.cancelled',
  undoing: 'imports.undoing',
  undone: 'imports.undone',
} as const satisfies Record<ImportState, string>

/** How an import stands, in words. */
export const stateWords = (state: ImportState): string => t(stateTexts[state])

/** How much of each list, as figures for a text. */
export const countsOf = (one: SiteImport, what: 'made' | 'takenBack') => ({
  people: one.people[what].toLocaleString(locale),
  enrolments: one.enrolments[what].toLocaleString(locale),
})

/** Who of an import has no password yet. */
const waitingOf = (importId: ImportId) => ({
  key: `waiting ${importId}`,
  page: (after: string | undefined) =>
    request(siteImportRoutes.waiting, { importId, limit: 200, ...(after ? { after } : {}) }),
})

/** What the files of an import were called, in the order of the lists; empty where nobody said. */
export const filesOf = ({ files }: SiteImport): string =>
  [files.people, files.enrolments, files.classes].filter(one => one !== undefined).join(', ')

const lookMs = 700
const works = (state: ImportState | undefined): boolean => state === 'running' || state === 'undoing'

/** What was begun and never run is dropped after a day: it is told apart from what could not be read just now. */
function Unread({ problem, onRetry }: { readonly problem: ClientProblem; readonly onRetry: () => void }) {
  if (problem.code !== 'not-found')
    return (
      <ErrorState
        title={t('imports.oneFailed')}
        detail={problemWords(problem)}
        requestId={problem.requestId}
        onRetry={onRetry}
      />
    )
  const action = <ButtonLink href={pathTo('imports')}>{t('imports.earlier')}</ButtonLink>
  return <ErrorState title={t('imports.gone')} detail={t('imports.goneLead')} action={action} />
}

interface ImportViewProps {
  readonly importId: ImportId
  /** Of lists that were just sent, those whose letters were guessed. */
  readonly guessed: readonly PieceSort[]
}

export function ImportView({ importId, guessed }: ImportViewProps) {
  const loaded = useLoad(importId, () => request(siteImportRoutes.get, { importId }))
  const [told, setTold] = useState<SiteImport>()
  const [undoing, setUndoing] = useState(false)
  const [linking, setLinking] = useState(false)
  useEffect(() => {
    if (loaded.value) setTold(loaded.value.import)
  }, [loaded.value])
  const one = told
  const working = works(one?.state)
  useEffect(() => {
    if (!working) return
    const timer = setInterval(loaded.reload, lookMs)
    return () => clearInterval(timer)
  }, [working, loaded.reload])
  // Begun at the foot of a long page, it is seen how far it is, and then that it is done.
  const standing = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (working) standing.current?.scrollIntoView({ block: 'center' })
  }, [working])

  if (!one)
    return loaded.problem ? (
      <Unread problem={loaded.problem} onRetry={loaded.reload} />
    ) : (
      <Skeleton form="rows" count={3} />
    )

  const act = async (route: 'run' | 'cancel' | 'undo') => {
    try {
      setTold((await request(siteImportRoutes[route], { importId })).import)
    } catch (error) {
      showToast({ text: problemWords(error), tone: 'bad' })
      loaded.reload()
    }
  }
  const errors = one.people.errors + one.enrolments.errors
  const total = one.people.rows + one.enrolments.rows
  const handled = one.people.handled + one.enrolments.handled
  const left = one.people.made + one.enrolments.made + one.people.changed + one.enrolments.changed
  const goneBack = one.people.takenBack + one.enrolments.takenBack
  const takes = one.people.rows - one.people.errors + one.enrolments.rows - one.enrolments.errors
  const finished = one.state === 'done' || one.state === 'cancelled'

  return (
    <div class="stack">
      <div role="status" ref={standing}>
        {working ? (
          <Progress
            label={stateWords(one.state)}
            value={one.state === 'undoing' ? goneBack : handled}
            max={one.state === 'undoing' ? goneBack + left : total}
            words={
              one.state === 'undoing'
                ? t('imports.left', { count: left })
                : t('imports.rowsOf', { handled, rows: total })
            }
          />
        ) : (
          <Badge tone={one.state === 'done' ? 'good' : 'neutral'}>{stateWords(one.state)}</Badge>
        )}
      </div>
      <p class="muted">
        <Time at={one.createdAt} form="dayAndTime" /> · {t('imports.by', { name: one.author })}
      </p>
      {filesOf(one) !== '' && (
        <p class="import-files">
          <bdi>{filesOf(one)}</bdi>
        </p>
      )}
      {one.state === 'undone' ? (
        <p>
          {t('imports.undoneLead')} {t('imports.undoneCounts', countsOf(one, 'takenBack'))}
        </p>
      ) : (
        <Counts one={one} />
      )}
      {guessed.length > 0 && (
        <Banner tone="warn" title={t('ui.listGuessed')}>
          {guessed.map(sort => t(listNames[sort])).join(', ')}
        </Banner>
      )}
      {one.unused.length > 0 && (
        <Banner tone="warn" title={t('imports.unused')}>
          {one.unused.map(({ sort, columns }) => (
            <p key={sort}>
              {t(listNames[sort])}: <bdi>{columns.join(', ')}</bdi>
            </p>
          ))}
        </Banner>
      )}
      {finished && one.people.made > 0 && (
        <Banner
          title={t('imports.howInTitle')}
          action={
            <>
              <Button icon={Link2} onClick={() => setLinking(true)}>
                {t('imports.links')}
              </Button>
              <Link href={pathTo('sitePeople', {}, { state: 'waiting' })}>{t('imports.howInGo')}</Link>
            </>
          }
        >
          {t(mailSetUp.value ? 'imports.howInMail' : 'imports.howIn')}
        </Banner>
      )}
      {errors > 0 && <ErrorRows key={one.state} importId={importId} count={errors} />}
      {finished && <p class="muted">{t('imports.undoLead')}</p>}
      {one.state === 'checked' && errors > 0 && takes > 0 && (
        <p>{t('imports.leavesOut', { count: errors, takes: takes.toLocaleString(locale) })}</p>
      )}
      <div class="cluster">
        {!working && <ButtonLink href={pathTo('imports')}>{t('imports.again')}</ButtonLink>}
        {one.state === 'running' && <Button onClick={() => void act('cancel')}>{t('imports.cancel')}</Button>}
        {finished && <Button onClick={() => setUndoing(true)}>{t('imports.undo')}</Button>}
        {one.state === 'checked' && (
          <Button kind="primary" disabled={takes === 0} onClick={() => void act('run')}>
            {t('imports.run')}
          </Button>
        )}
      </div>
      {(one.state === 'checked' || finished) && (
        <>
          <ChangingRows one={one} sort="people" />
          <ChangingRows one={one} sort="enrolments" />
          <DifferingRows one={one} sort="people" />
          <DifferingRows one={one} sort="enrolments" />
        </>
      )}
      {one.state === 'checked' && (
        <>
          <FirstRows one={one} sort="people" />
          <FirstRows one={one} sort="enrolments" />
        </>
      )}
      {linking && <LinksDialog list={waitingOf(importId)} onClose={() => setLinking(false)} />}
      {undoing && <UndoDialog one={one} onClose={() => setUndoing(false)} onUndo={() => act('undo')} />}
    </div>
  )
}

function Counts({ one }: { readonly one: SiteImport }) {
  const figures = (value: number) => <td class="figures">{value.toLocaleString(locale)}</td>
  const changes = one.people.changed + one.enrolments.changed > 0
  return (
    <table class="import-counts">
      <thead>
        <tr>
          <td />
          <th scope="col">{t('imports.new')}</th>
          {changes && <th scope="col">{t('imports.changed')}</th>}
          <th scope="col">{t('imports.known')}</th>
          <th scope="col">{t('imports.errors')}</th>
        </tr>
      </thead>
      <tbody>
        {(['people', 'enrolments'] as const).map(sort => (
          <tr key={sort}>
            <th scope="row">{t(`imports.${sort}`)}</th>
            {figures(one[sort].made)}
            {changes && figures(one[sort].changed)}
            {figures(one[sort].wasThere)}
            {figures(one[sort].errors)}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
