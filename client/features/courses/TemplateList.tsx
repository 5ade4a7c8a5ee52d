// The templates somebody may begin a course from, to be found and chosen.
import { LayoutTemplate } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { pathTo } from '#client/app/paths.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { usePages } from '#client/platform/use-pages.ts'
import { EmptyState } from '#client/ui/EmptyState.tsx'
import { ErrorState } from '#client/ui/ErrorState.tsx'
import { Field } from '#client/ui/Field.tsx'
import { Icon } from '#client/ui/Icon.tsx'
import { List, Row } from '#client/ui/List.tsx'
import { ShowMore } from '#client/ui/ShowMore.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import type { CourseTemplate } from '#protocol/courses/templates.ts'
import { listTemplates } from './templates.ts'
import './CourseCards.css'

const page = 20

/** What tells one from another: its short name, where it stands, what it is for. */
const detailOf = (one: CourseTemplate): string =>
  [one.shortName, one.department?.name ?? t('courses.templateOfSchool'), one.summary]
    .filter(words => words !== '')
    .join(' · ')

/** Each leads to the page that makes a course of it. */
export function TemplateList() {
  const [search, setSearch] = useState('')
  const words = search.trim()
  const list = usePages(`templates ${words}`, after =>
    listTemplates({
      limit: page,
      ...(words === '' ? {} : { search: words }),
      ...(after === undefined ? {} : { after }),
    }),
  )
  return (
    <div class="stack">
      <Field
        type="search"
        name="templateSearch"
        label={t('courses.templateSearch')}
        labelHidden
        placeholder={t('courses.templateSearch')}
        value={search}
        onValue={setSearch}
        maxLength={100}
      />
      {list.problem && !list.rows ? (
        <ErrorState
          title={t('courses.templatesFailed')}
          detail={problemWords(list.problem)}
          requestId={list.problem.requestId}
          onRetry={list.reload}
        />
      ) : !list.rows ? (
        <Skeleton form="rows" count={3} />
      ) : list.rows.length === 0 ? (
        <EmptyState title={t('courses.templateNoMatch', { search: words })}>{t('courses.noMatch')}</EmptyState>
      ) : (
        <>
          <List label={t('courses.templates')}>
            {list.rows.map(one => (
              <Row
                key={one.id}
                start={<Icon as={LayoutTemplate} />}
                title={one.title}
                detail={<span class="template-detail">{detailOf(one)}</span>}
                href={pathTo('template', { courseId: one.id })}
              />
            ))}
          </List>
          <ShowMore onMore={list.more} busy={list.busy} problem={list.problem && problemWords(list.problem)} />
        </>
      )}
    </div>
  )
}
