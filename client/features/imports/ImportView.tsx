// One import: what would be or was done, how far it is while it runs, the rows that are not taken, and the way back.
import { useEffect, useState } from 'preact/hooks'
import { pathTo } from '#client/app/paths.ts'
import { mailSetUp } from '#client/features/accounts/store.ts'
import { request } from '#client/platform/call.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { locale, t } from '#client/platform/texts.ts'
import { useLoad } from '#client/platform/use-load.ts'
import { Badge } from '#client/ui/Badge.tsx'
import { Banner } from '#client/ui/Banner.tsx'
import { Button } from '#client/ui/Button.tsx'
import { EmptyState } from '#client/ui/EmptyState.tsx'
import { ErrorState } from '#client/ui/ErrorState.tsx'
import { Link } from '#client/ui/Link.tsx'
import { Progress } from '#client/ui/Progress.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import { type Column, Table } from '#client/ui/Table.tsx'
import { showToast } from '#client/ui/Toast.tsx'
import {
  type ImportedRow,
  type ImportId,
  type ImportState,
  type SiteImport,
  siteImportRoutes,
} from '#protocol/imports.ts'

import { type ListsRead, listNames } from './ListsForm.tsx'

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

const errorTexts = {
  'no-name': 'imports.noName',
  'no-email': 'imports.noEmail',
  'bad-email': 'imports.badEmail',
  'bad-role': 'imports.badRole',
  twice: 'imports.twice',
  'no-account': 'imports.noAccount',
  'no-course': 'imports.noCourse',
  'course-ended': 'imports.courseEnded',
  'many-courses': 'imports.manyCourses',
  suspended: 'imports.suspended',
  'to-be-deleted': 'imports.toBeDeleted',
} as const satisfies Record<NonNullable<ImportedRow['error']>, string>

const lookMs = 700
const works = (state: ImportState | undefined): boolean => state === 'running' || state === 'undoing'

interface ImportViewProps {
  readonly importId: ImportId
  /** Where the lists were just sent. */
  readonly read: ListsRead | undefined
  readonly onClose: () => void
}

export function ImportView({ importId, read, onClose }: ImportViewProps) {
  const loaded = useLoad(importId, () => request(siteImportRoutes.get, { importId }))
  const [told, setTold] = useState<SiteImport>()
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

  if (!one)
    return loaded.problem ? (
      <ErrorState title={t('imports.failed')} detail={problemWords(loaded.problem)} onRetry={loaded.reload} />
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
  const total = one.people.rows + one.enrolments.rows
  const handled = one.people.handled + one.enrolments.handled
  const left = one.people.made + one.enrolments.made
  const takes = one.people.rows - one.people.errors + one.enrolments.rows - one.enrolments.errors
  const finished = one.state === 'done' || one.state === 'cancelled'

  return (
    <div class="stack">
      <div role="status">
        {working ? (
          <Progress
            label={stateWords(one.state)}
            value={one.state === 'undoing' ? total - left : handled}
            max={total}
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
      {one.state === 'undone' ? (
        <p>
          {t('imports.undoneLead')} {one.people.made > 0 && t('imports.undoneKept', { count: one.people.made })}
        </p>
      ) : (
        <Counts one={one} />
      )}
      {read && read.guessed.length > 0 && (
        <Banner tone="warn" title={t('ui.listGuessed')}>
          {read.guessed.map(sort => t(listNames[sort])).join(', ')}
        </Banner>
      )}
      {read && read.unused.length > 0 && (
        <Banner tone="warn" title={t('imports.unused')}>
          {read.unused.map(({ sort, columns }) => (
            <p key={sort}>
              {t(listNames[sort])}: <bdi>{columns.join(', ')}</bdi>
            </p>
          ))}
        </Banner>
      )}
      {one.state === 'done' && one.people.made > 0 && (
        <Banner
          title={t('imports.howInTitle')}
          action={<Link href={pathTo('sitePeople', {}, { state: 'waiting' })}>{t('imports.howInGo')}</Link>}
        >
          {t(mailSetUp.value ? 'imports.howInMail' : 'imports.howIn')}
        </Banner>
      )}
      {finished && <p class="muted">{t('imports.undoLead')}</p>}
      <div class="cluster">
        {!working && <Button onClick={onClose}>{t('imports.again')}</Button>}
        {one.state === 'running' && <Button onClick={() => void act('cancel')}>{t('imports.cancel')}</Button>}
        {finished && <Button onClick={() => void act('undo')}>{t('imports.undo')}</Button>}
        {one.state === 'checked' && (
          <Button kind="primary" disabled={takes === 0} onClick={() => void act('run')}>
            {t('imports.run')}
          </Button>
        )}
      </div>
      {one.people.errors + one.enrolments.errors > 0 && <Errors importId={importId} />}
    </div>
  )
}

function Counts({ one }: { readonly one: SiteImport }) {
  const figures = (value: number) => <td class="figures">{value.toLocaleString(locale)}</td>
  return (
    <table class="import-counts">
      <thead>
        <tr>
          <td />
          <th scope="col">{t('imports.new')}</th>
          <th scope="col">{t('imports.known')}</th>
          <th scope="col">{t('imports.errors')}</th>
        </tr>
      </thead>
      <tbody>
        {(['people', 'enrolments'] as const).map(sort => (
          <tr key={sort}>
            <th scope="row">{t(`imports.${sort}`)}</th>
            {figures(one[sort].made)}
            {figures(one[sort].wasThere)}
            {figures(one[sort].errors)}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Errors({ importId }: { readonly importId: ImportId }) {
  const { value, problem, reload } = useLoad(importId, () => request(siteImportRoutes.errors, { importId, limit: 200 }))
  const [more, setMore] = useState<readonly ImportedRow[]>([])
  const [next, setNext] = useState<string>()
  useEffect(() => setNext(value?.next), [value])
  if (problem) return <Banner tone="bad">{problemWords(problem)}</Banner>
  if (!value) return <Skeleton form="rows" count={3} />
  const columns: Column<ImportedRow>[] = [
    { key: 'who', head: t('imports.who'), value: row => row.email || row.name || '–', rowHead: true },
    // Beside the name, so that a phone shows it.
    {
      key: 'why',
      head: t('imports.why'),
      value: row => (row.error ? t(errorTexts[row.error]) : ''),
      cell: row => <span class="import-why">{row.error ? t(errorTexts[row.error]) : ''}</span>,
    },
    { key: 'line', head: t('imports.line'), value: row => row.line, numeric: true },
    { key: 'list', head: t('imports.list'), value: row => t(`imports.${row.sort}`) },
    { key: 'course', head: t('imports.course'), value: row => row.course },
  ]
  const showMore = async () => {
    try {
      const page = await request(siteImportRoutes.errors, { importId, limit: 200, ...(next ? { after: next } : {}) })
      setMore([...more, ...page.items])
      setNext(page.next)
    } catch (error) {
      showToast({ text: problemWords(error), tone: 'bad' })
      reload()
    }
  }
  return (
    <div class="stack">
      <h2>{t('imports.errorsTitle')}</h2>
      <Table
        label={t('imports.errorsTitle')}
        columns={columns}
        rows={[...value.items, ...more]}
        rowKey={row => `${row.sort} ${row.line}`}
        empty={<EmptyState title={t('imports.errorsTitle')}>–</EmptyState>}
      />
      {next !== undefined && (
        <div>
          <Button onClick={() => void showMore()}>{t('people.more')}</Button>
        </div>
      )}
    </div>
  )
}
