// One cohort: who is in it, and the courses it is in.
import { Pencil, UserPlus, Users } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { type PageProps, pathTo } from '#client/app/paths.ts'
import { usePageTitle } from '#client/app/title.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { useKept, useLoad } from '#client/platform/use-load.ts'
import { usePages } from '#client/platform/use-pages.ts'
import { Button, ButtonLink } from '#client/ui/Button.tsx'
import { Section } from '#client/ui/Card.tsx'
import { EmptyState } from '#client/ui/EmptyState.tsx'
import { ErrorState } from '#client/ui/ErrorState.tsx'
import { Field } from '#client/ui/Field.tsx'
import { Link } from '#client/ui/Link.tsx'
import { List, Row } from '#client/ui/List.tsx'
import { PageHeader } from '#client/ui/PageHeader.tsx'
import { ShowMore } from '#client/ui/ShowMore.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import { type Column, Table } from '#client/ui/Table.tsx'
import { Time } from '#client/ui/Time.tsx'
import type { Cohort, CohortPerson } from '#protocol/cohorts.ts'
import { AddPeopleDialog } from './AddPeopleDialog.tsx'
import { CohortDialog } from './CohortDialog.tsx'
import { comesAs, getCohort, listCohortCourses, listCohortPeople, takeOut } from './store.ts'
import './cohorts.css'

/** /cohorts/:cohortId */
export function CohortPage({ params: { cohortId } }: PageProps<'cohort'>) {
  const loaded = useLoad(cohortId, () => getCohort(cohortId))
  const cohort = useKept(loaded)
  usePageTitle(cohort?.name)
  if (cohort?.id !== cohortId) {
    if (!loaded.problem) return <Skeleton form="rows" />
    const gone = loaded.problem.code === 'not-found'
    return (
      <ErrorState
        title={gone ? t('cohorts.gone') : t('cohorts.failed')}
        detail={gone ? t('cohorts.goneLead') : problemWords(loaded.problem)}
        {...(gone
          ? { action: <ButtonLink href={pathTo('cohorts')}>{t('cohorts.title')}</ButtonLink> }
          : { requestId: loaded.problem.requestId, onRetry: loaded.reload })}
      />
    )
  }
  return <CohortView key={cohort.id} cohort={cohort} onChanged={loaded.reload} />
}

interface PartProps {
  readonly cohort: Cohort
  readonly onChanged: () => void
}

function CohortView({ cohort, onChanged }: PartProps) {
  const [doing, setDoing] = useState<'add' | 'edit'>()
  const [search, setSearch] = useState('')
  const words = search.trim()
  const people = usePages(`people ${words}`, after => listCohortPeople(cohort.id, words, after))
  const changed = () => {
    people.reload()
    onChanged()
  }
  const columns: Column<CohortPerson>[] = [
    {
      key: 'name',
      head: t('cohorts.people'),
      value: one => one.name,
      rowHead: true,
      cell: one => (
        <span class="cohort-name">
          <Link href={pathTo('person', { accountId: one.accountId })}>{one.name}</Link>
          {one.email !== null && <span class="muted">{one.email}</span>}
        </span>
      ),
    },
    { key: 'at', head: t('cohorts.since'), value: one => one.at, cell: one => <Time at={one.at} form="day" /> },
    {
      key: 'out',
      head: t('cohorts.takeOut'),
      value: () => '',
      cell: one => (
        <Button
          kind="quiet"
          size="small"
          aria-label={t('cohorts.takeOutNamed', { name: one.name })}
          onClick={() => void takeOut(cohort, one, changed)}
        >
          {t('cohorts.takeOut')}
        </Button>
      ),
    },
  ]
  return (
    <div class="stack-loose">
      <PageHeader
        title={cohort.name}
        parent={{ label: t('cohorts.title'), href: pathTo('cohorts') }}
        lead={[t('cohorts.peopleCount', { count: cohort.people }), cohort.description].filter(Boolean).join(' · ')}
        actions={
          <>
            <Button icon={Pencil} onClick={() => setDoing('edit')}>
              {t('cohorts.edit')}
            </Button>
            <Button kind="primary" icon={UserPlus} onClick={() => setDoing('add')}>
              {t('cohorts.addPeople')}
            </Button>
          </>
        }
      />
      <Courses cohort={cohort} />
      {people.rows === undefined ? (
        people.problem ? (
          <ErrorState
            title={t('cohorts.failed')}
            detail={problemWords(people.problem)}
            requestId={people.problem.requestId}
            onRetry={people.reload}
          />
        ) : (
          <Skeleton form="rows" />
        )
      ) : people.rows.length === 0 && words === '' ? (
        <EmptyState icon={Users} title={t('cohorts.peopleNone')}>
          {t('cohorts.peopleNoneLead')}
        </EmptyState>
      ) : (
        <div class="stack">
          <Field
            type="search"
            name="search"
            label={t('cohorts.peopleSearch')}
            labelHidden
            placeholder={t('cohorts.peopleSearch')}
            value={search}
            onValue={setSearch}
          />
          <Table
            label={t('cohorts.people')}
            columns={columns}
            rows={people.rows}
            rowKey={one => one.accountId}
            empty={<EmptyState title={t('cohorts.peopleNoMatch')}>{t('cohorts.noMatchLead')}</EmptyState>}
          />
          <ShowMore onMore={people.more} busy={people.busy} problem={people.problem && problemWords(people.problem)} />
        </div>
      )}
      {doing === 'edit' && <CohortDialog cohort={cohort} onClose={() => setDoing(undefined)} onDone={onChanged} />}
      {doing === 'add' && <AddPeopleDialog cohort={cohort} onClose={() => setDoing(undefined)} onDone={changed} />}
    </div>
  )
}

function Courses({ cohort }: { readonly cohort: Cohort }) {
  const list = usePages(cohort.courses === 0 ? null : cohort.id, after => listCohortCourses(cohort.id, after))
  return (
    <Section title={t('cohorts.inCourses')}>
      {cohort.courses === 0 ? (
        <p class="muted">{t('cohorts.inNoCourse')}</p>
      ) : list.rows ? (
        <div class="stack">
          <List label={t('cohorts.inCourses')}>
            {list.rows.map(one => (
              <Row
                key={one.courseId}
                title={<Link href={pathTo('people', { courseId: one.courseId })}>{one.title}</Link>}
                detail={t('cohorts.isIn', { role: comesAs(one) })}
              />
            ))}
          </List>
          <ShowMore onMore={list.more} busy={list.busy} problem={list.problem && problemWords(list.problem)} />
        </div>
      ) : list.problem ? (
        <ErrorState
          title={t('cohorts.failed')}
          detail={problemWords(list.problem)}
          requestId={list.problem.requestId}
          onRetry={list.reload}
        />
      ) : (
        <Skeleton form="rows" count={2} />
      )}
    </Section>
  )
}
