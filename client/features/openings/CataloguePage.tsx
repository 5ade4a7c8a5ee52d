// The courses of the school that somebody can come into by themselves: found by words and by department.
import { BookOpen, KeyRound } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { type PageProps, pathTo } from '#client/app/paths.ts'
import { DepartmentField } from '#client/features/organisation/PickFields.tsx'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { useReload } from '#client/platform/use-load.ts'
import { usePages } from '#client/platform/use-pages.ts'
import { ButtonLink } from '#client/ui/Button.tsx'
import { EmptyState } from '#client/ui/EmptyState.tsx'
import { ErrorState } from '#client/ui/ErrorState.tsx'
import { Field } from '#client/ui/Field.tsx'
import { PageHeader } from '#client/ui/PageHeader.tsx'
import { ShowMore } from '#client/ui/ShowMore.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import { inOwnDirection } from '#client/ui/words.tsx'
import type { OpenCourse } from '#protocol/openings.ts'
import { OpenBadges } from './state.tsx'
import { comings, listOpen } from './store.ts'
import '#client/features/courses/CourseCards.css'

/** /catalogue */
export function CataloguePage(_: PageProps<'catalogue'>) {
  const [search, setSearch] = useState('')
  const [departmentId, setDepartmentId] = useState('')
  const list = usePages(`catalogue ${departmentId} ${search}`, after => listOpen({ search, departmentId }, after))
  useReload(list, comings.value)
  const filtered = search.trim() !== '' || departmentId !== ''
  const byCode = (
    <ButtonLink href={pathTo('joinCourse')} icon={KeyRound}>
      {t('courses.join')}
    </ButtonLink>
  )
  return (
    <div class="stack-loose">
      <PageHeader
        title={t('openings.title')}
        parent={{ label: t('courses.title'), href: pathTo('courses') }}
        lead={t('openings.lead')}
        actions={byCode}
      />
      {!list.rows ? (
        list.problem ? (
          <ErrorState
            title={t('openings.failed')}
            detail={problemWords(list.problem)}
            requestId={list.problem.requestId}
            onRetry={list.reload}
          />
        ) : (
          <Skeleton form="rows" />
        )
      ) : list.rows.length === 0 && !filtered ? (
        <EmptyState icon={BookOpen} title={t('openings.none')}>
          {t('openings.noneLead')}
        </EmptyState>
      ) : (
        <>
          <div class="courses-filter">
            <Field
              type="search"
              name="search"
              label={t('openings.search')}
              labelHidden
              placeholder={t('openings.search')}
              value={search}
              onValue={setSearch}
            />
            <DepartmentField
              name="department"
              label={t('openings.department')}
              nothing={t('organisation.everyDepartment')}
              value={departmentId}
              onValue={setDepartmentId}
              labelHidden
              onlyWhereAny
            />
          </div>
          {list.rows.length === 0 && <EmptyState title={t('openings.noMatch')}>{t('openings.noMatchLead')}</EmptyState>}
          {/* biome-ignore lint/a11y/noRedundantRoles: Safari forgets that a list without bullets is one. */}
          <ul class="course-cards" role="list" aria-label={t('openings.title')}>
            {list.rows.map(course => (
              <li key={course.courseId}>
                <OpenCard course={course} />
              </li>
            ))}
          </ul>
          <ShowMore onMore={list.more} busy={list.busy} problem={list.problem && problemWords(list.problem)} />
        </>
      )}
    </div>
  )
}

function OpenCard({ course }: { readonly course: OpenCourse }) {
  const place = [course.department, course.term].filter(one => one !== null)
  return (
    <a class="course-card" href={pathTo('openCourse', { courseId: course.courseId })}>
      {course.shortName !== '' && <span class="course-card-short">{course.shortName}</span>}
      <span class="course-card-title">{inOwnDirection(course.title)}</span>
      {course.summary !== '' && <span class="course-card-summary">{inOwnDirection(course.summary)}</span>}
      {place.length > 0 && <span class="course-card-summary">{place.join(' · ')}</span>}
      <span class="course-card-role cluster">
        <OpenBadges course={course} />
      </span>
    </a>
  )
}
