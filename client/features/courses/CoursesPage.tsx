// The person's courses: what is live in them, creating one, joining one by its code.
import { BookOpen, FileArchive, KeyRound, Network, Plus, Search, Trash2 } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { type PageProps, pathTo } from '#client/app/paths.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { useReload } from '#client/platform/use-load.ts'
import { usePages } from '#client/platform/use-pages.ts'
import { Badge } from '#client/ui/Badge.tsx'
import { Button, ButtonLink } from '#client/ui/Button.tsx'
import { Checkbox } from '#client/ui/Choice.tsx'
import { EmptyState } from '#client/ui/EmptyState.tsx'
import { ErrorState } from '#client/ui/ErrorState.tsx'
import { Field } from '#client/ui/Field.tsx'
import { Menu } from '#client/ui/Menu.tsx'
import { PageHeader } from '#client/ui/PageHeader.tsx'
import { ShowMore } from '#client/ui/ShowMore.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import { inOwnDirection } from '#client/ui/words.tsx'
import { type CourseCard, type CourseLife, courseStates } from '#protocol/courses.ts'
import { CourseDialog } from './CourseDialog.tsx'
import { stateWords } from './life.ts'
import { useMyCourses } from './mine.ts'
import { PlaceFilter } from './PlaceFilter.tsx'
import { courseParts } from './parts.ts'
import { StateBadge } from './StateBanner.tsx'
import { listCourses, roleWord } from './store.ts'
import './CourseCards.css'

const page = 50
/** With fewer than this nobody needs to search. */
const worthSearching = 9

/** Cards of courses, most at home first. */
export function CoursesPage({ query }: PageProps<'courses'>) {
  const [search, setSearch] = useState('')
  const [all, setAll] = useState(query.all === '1' || query.department !== undefined || query.term !== undefined)
  // Whoever may see every course and has none of their own sees those of the school, until they say otherwise.
  const [chosen, setChosen] = useState(query.all !== undefined)
  const [state, setState] = useState<CourseLife | ''>('')
  const [departmentId, setDepartmentId] = useState(query.department ?? '')
  const [termId, setTermId] = useState(query.term ?? '')
  const [making, setMaking] = useState(query.make === '1')
  const turn = useMyCourses()
  const list = usePages(`courses ${all} ${state} ${departmentId} ${termId} ${search}`, async after => ({
    ...(await listCourses({
      limit: page,
      ...(search === '' ? {} : { search }),
      ...(state === '' ? {} : { state }),
      ...(departmentId === '' ? {} : { departmentId }),
      ...(termId === '' ? {} : { termId }),
      all: all ? 'true' : 'false',
      ...(after ? { after } : {}),
    })),
    ofSchool: all,
  }))
  useReload(list, turn)
  const { first, rows, problem, reload } = list
  if (first?.maySeeAll && first.items.length === 0 && !first.ofSchool && !all && !chosen) {
    setChosen(true)
    setAll(true)
  }
  const unfiltered = search === '' && state === '' && departmentId === '' && termId === ''
  const plain = unfiltered && !all
  const more = [
    ...(first?.maySeeAll ? [{ label: t('organisation.title'), icon: Network, href: pathTo('organisation') }] : []),
    ...(first?.mayCreate
      ? [
          { label: t('archives.importShort'), icon: FileArchive, href: pathTo('importCourse') },
          { label: t('courses.binTitle'), icon: Trash2, href: pathTo('bin') },
        ]
      : []),
  ]

  return (
    <div class="stack-loose">
      <PageHeader
        title={t('courses.title')}
        actions={
          <>
            <ButtonLink href={pathTo('catalogue')} icon={Search}>
              {t('openings.title')}
            </ButtonLink>
            <ButtonLink href={pathTo('joinCourse')} icon={KeyRound}>
              {t('courses.join')}
            </ButtonLink>
            {first?.mayCreate && (
              <Button kind="primary" icon={Plus} onClick={() => setMaking(true)}>
                {t('courses.create')}
              </Button>
            )}
            {more.length > 0 && <Menu label={t('courses.pageActions')} items={more} />}
          </>
        }
      />
      {first && (first.maySeeAll || first.mayCreate || !plain || first.items.length >= worthSearching) && (
        <div class="courses-filter">
          <Field
            type="search"
            name="search"
            label={t('courses.search')}
            labelHidden
            placeholder={t('courses.search')}
            value={search}
            onValue={setSearch}
          />
          <Field
            type="select"
            name="state"
            label={t('courses.state')}
            labelHidden
            value={state}
            onValue={chosen => setState(courseStates.find(one => one === chosen) ?? '')}
            options={[
              { value: '', label: t('courses.stateAny') },
              ...courseStates.map(one => ({ value: one, label: t(stateWords[one]) })),
            ]}
          />
          <PlaceFilter departmentId={departmentId} onDepartment={setDepartmentId} termId={termId} onTerm={setTermId} />
          {first.maySeeAll && (
            <Checkbox
              label={t('courses.showAll')}
              checked={all}
              onChecked={checked => {
                setChosen(true)
                setAll(checked)
              }}
            />
          )}
        </div>
      )}
      {problem && !rows ? (
        <ErrorState
          title={t('courses.loadFailed')}
          detail={problemWords(problem)}
          requestId={problem.requestId}
          onRetry={reload}
        />
      ) : !first || !rows || (rows.length === 0 && first.ofSchool !== all) ? (
        <Skeleton form="rows" />
      ) : rows.length === 0 ? (
        unfiltered ? (
          <EmptyState
            icon={BookOpen}
            title={t(all ? 'courses.emptySchool' : 'courses.emptyTitle')}
            action={
              first.mayCreate ? (
                <Button icon={Plus} onClick={() => setMaking(true)}>
                  {t('courses.create')}
                </Button>
              ) : (
                <ButtonLink href={pathTo('joinCourse')} icon={KeyRound}>
                  {t('courses.join')}
                </ButtonLink>
              )
            }
          >
            {all
              ? t('courses.emptySchoolLead')
              : first.mayCreate
                ? t('courses.emptyTeacher')
                : t('courses.emptyLearner')}
          </EmptyState>
        ) : (
          <EmptyState title={search === '' ? t('courses.noneInState') : t('courses.noMatchTitle', { search })}>
            {search === '' ? t('courses.noneInStateLead') : t('courses.noMatch')}
          </EmptyState>
        )
      ) : (
        <>
          {/* biome-ignore lint/a11y/noRedundantRoles: Safari forgets that a list without bullets is one. */}
          <ul class="course-cards" role="list">
            {rows.map(course => (
              <li key={course.id}>
                <CourseCardLink course={course} />
              </li>
            ))}
          </ul>
          <ShowMore onMore={list.more} busy={list.busy} problem={problem && problemWords(problem)} />
        </>
      )}
      <CourseDialog open={making} onClose={() => setMaking(false)} />
    </div>
  )
}

function CourseCardLink({ course }: { readonly course: CourseCard }) {
  return (
    <a class="course-card" href={pathTo('course', { courseId: course.id })}>
      {(course.shortName !== '' || course.live || course.state !== 'published') && (
        <span class="course-card-top">
          <span class="course-card-short">{course.shortName}</span>
          <StateBadge {...course} />
          {course.live && (
            <Badge tone="accent" live>
              {t('courses.live')}
            </Badge>
          )}
        </span>
      )}
      <span class="course-card-title">{inOwnDirection(course.title)}</span>
      {course.summary !== '' && <span class="course-card-summary">{inOwnDirection(course.summary)}</span>}
      {courseParts().map(({ name, Card: Part }) => (
        <Part key={name} courseId={course.id} />
      ))}
      <span class="course-card-role">{course.role ? roleWord(course.role) : t('courses.notIn')}</span>
    </a>
  )
}
