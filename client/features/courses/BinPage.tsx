// The bin: courses that were removed, by whom and when, to be taken out again.
import { Trash2, Undo2 } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { useLocation } from 'preact-iso/router'
import { type PageProps, pathTo } from '#client/app/paths.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { useReload } from '#client/platform/use-load.ts'
import { usePages } from '#client/platform/use-pages.ts'
import { Button } from '#client/ui/Button.tsx'
import { EmptyState } from '#client/ui/EmptyState.tsx'
import { ErrorState } from '#client/ui/ErrorState.tsx'
import { Field } from '#client/ui/Field.tsx'
import { PageHeader } from '#client/ui/PageHeader.tsx'
import { ShowMore } from '#client/ui/ShowMore.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import { type Column, Table } from '#client/ui/Table.tsx'
import { Time } from '#client/ui/Time.tsx'
import type { BinnedCourse } from '#protocol/courses/life.ts'
import { listBin, restoreCourse } from './life.ts'
import { useMyCourses } from './mine.ts'

const worthSearching = 9

export function BinPage(_: PageProps<'bin'>) {
  const { route: go } = useLocation()
  const [search, setSearch] = useState('')
  const turn = useMyCourses()
  const words = search.trim()
  const list = usePages(`bin ${words}`, after =>
    listBin({ ...(words === '' ? {} : { search: words }), ...(after ? { after } : {}) }),
  )
  useReload(list, turn)
  const { rows, problem, reload } = list
  const restore = async (one: BinnedCourse) => {
    await restoreCourse(one, () => go(pathTo('course', { courseId: one.id })))
    reload()
  }
  return (
    <div class="stack-loose">
      <PageHeader
        title={t('courses.binTitle')}
        parent={{ label: t('courses.title'), href: pathTo('courses') }}
        lead={t('courses.binLead')}
      />
      {problem && !rows ? (
        <ErrorState
          title={t('courses.binFailed')}
          detail={problemWords(problem)}
          requestId={problem.requestId}
          onRetry={reload}
        />
      ) : !rows ? (
        <Skeleton form="rows" />
      ) : (
        <div class="stack">
          {(words !== '' || rows.length >= worthSearching) && (
            <Field
              type="search"
              name="search"
              label={t('courses.search')}
              labelHidden
              placeholder={t('courses.search')}
              value={search}
              onValue={setSearch}
            />
          )}
          {rows.length === 0 && words === '' ? (
            <EmptyState icon={Trash2} title={t('courses.binEmpty')}>
              {t('courses.binEmptyLead')}
            </EmptyState>
          ) : (
            <Table
              label={t('courses.binTitle')}
              columns={columns(restore)}
              rows={rows}
              rowKey={one => one.id}
              empty={
                <EmptyState title={t('courses.noMatchTitle', { search: words })}>{t('courses.noMatch')}</EmptyState>
              }
            />
          )}
          <ShowMore onMore={list.more} busy={list.busy} problem={problem && problemWords(problem)} />
        </div>
      )}
    </div>
  )
}

const columns = (restore: (one: BinnedCourse) => void): Column<BinnedCourse>[] => [
  { key: 'title', head: t('courses.courseTitle'), value: one => one.title, rowHead: true, sortable: true },
  {
    key: 'restore',
    head: t('courses.restore'),
    value: () => '',
    cell: one => (
      <Button
        size="small"
        icon={Undo2}
        onClick={() => restore(one)}
        aria-label={t('courses.restoreOne', { title: one.title })}
      >
        {t('courses.restore')}
      </Button>
    ),
  },
  {
    key: 'removedBy',
    head: t('courses.binWho'),
    value: one => one.removedBy ?? t('courses.binNobody'),
    sortable: true,
  },
  {
    key: 'removedAt',
    head: t('courses.binWhen'),
    value: one => one.removedAt,
    cell: one => <Time at={one.removedAt} form="near" />,
    sortable: true,
  },
  { key: 'people', head: t('courses.people'), value: one => one.people, numeric: true },
  { key: 'items', head: t('courses.binItems'), value: one => one.items, numeric: true },
]
