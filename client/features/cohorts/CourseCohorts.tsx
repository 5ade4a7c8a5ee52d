// Cohorts of a course, for who enrols there: those that are in it, and those to take in.
import { UsersRound } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { roleName } from '#client/features/access/words.ts'
import { type CourseId, listPeopleRoles } from '#client/features/courses/store.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { useLoad } from '#client/platform/use-load.ts'
import { usePages } from '#client/platform/use-pages.ts'
import { Button } from '#client/ui/Button.tsx'
import { Dialog } from '#client/ui/Dialog.tsx'
import { EmptyState } from '#client/ui/EmptyState.tsx'
import { ErrorState } from '#client/ui/ErrorState.tsx'
import { Field } from '#client/ui/Field.tsx'
import { List, Row } from '#client/ui/List.tsx'
import { ShowMore } from '#client/ui/ShowMore.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import { cohortRoles, type LinkedRole } from '#protocol/cohorts.ts'
import { comesAs, listOffered, takeIn, takeOutOfCourse } from './store.ts'
import './cohorts.css'

export function CourseCohortsButton({ courseId }: { readonly courseId: string }) {
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button icon={UsersRound} onClick={() => setOpen(true)}>
        {t('cohorts.open')}
      </Button>
      {open && (
        <Dialog open onClose={() => setOpen(false)} title={t('cohorts.openTitle')}>
          <CourseCohorts courseId={courseId as CourseId} />
        </Dialog>
      )}
    </>
  )
}

function CourseCohorts({ courseId }: { readonly courseId: CourseId }) {
  const [search, setSearch] = useState('')
  const [role, setRole] = useState<LinkedRole>('learner')
  const roles = useLoad(courseId, () => listPeopleRoles(courseId)).value?.roles ?? []
  const made = roles.filter(one => one.name !== '' && one.mayGive && cohortRoles.some(based => based === one.basedOn))
  const [said, setSaid] = useState('')
  const words = search.trim()
  const list = usePages(`${courseId} ${words}`, after => listOffered(courseId, words, after))
  // Each act is taken back by the button that stands in its place then: a notice would lie under the dialog.
  const act = async (what: () => Promise<unknown>, done: string) => {
    try {
      await what()
      setSaid(done)
      list.reload()
    } catch (error) {
      setSaid(problemWords(error))
    }
  }
  if (!list.rows)
    return list.problem ? (
      <ErrorState
        title={t('cohorts.failed')}
        detail={problemWords(list.problem)}
        requestId={list.problem.requestId}
        onRetry={list.reload}
      />
    ) : (
      <Skeleton form="rows" count={3} />
    )
  if (list.rows.length === 0 && words === '')
    return (
      <EmptyState icon={UsersRound} title={t('cohorts.openNone')}>
        {t('cohorts.openNoneLead')}
      </EmptyState>
    )
  return (
    <div class="stack">
      <p class="muted">{t('cohorts.openLead')}</p>
      <div class="cohort-filter">
        <Field
          type="search"
          name="cohort"
          label={t('cohorts.search')}
          placeholder={t('cohorts.search')}
          value={search}
          onValue={setSearch}
        />
        <Field
          type="select"
          name="role"
          label={t('cohorts.role')}
          value={role}
          onValue={chosen => setRole(chosen as LinkedRole)}
          options={[
            ...cohortRoles.map(one => ({ value: one, label: t(`cohorts.${one}`) })),
            ...made.map(one => ({ value: one.key, label: roleName(one) })),
          ]}
        />
      </div>
      {list.rows.length === 0 && <EmptyState title={t('cohorts.noMatch')}>{t('cohorts.noMatchLead')}</EmptyState>}
      <p role="status">{said}</p>
      <List label={t('cohorts.openTitle')}>
        {list.rows.map(one => (
          <Row
            key={one.id}
            title={one.name}
            detail={[
              one.role !== null && t('cohorts.isIn', { role: comesAs(one) }),
              t('cohorts.peopleCount', { count: one.people }),
              one.description,
            ]
              .filter(Boolean)
              .join(' · ')}
            end={
              one.role === null ? (
                <Button
                  size="small"
                  aria-label={t('cohorts.takeInNamed', { name: one.name })}
                  onClick={() => void act(() => takeIn(courseId, one, role), t('cohorts.takenIn', { name: one.name }))}
                >
                  {t('cohorts.takeIn')}
                </Button>
              ) : (
                <Button
                  kind="quiet"
                  size="small"
                  aria-label={t('cohorts.takeOutOfCourseNamed', { name: one.name })}
                  onClick={() =>
                    void act(() => takeOutOfCourse(courseId, one), t('cohorts.takenOut', { name: one.name }))
                  }
                >
                  {t('cohorts.takeOutOfCourse')}
                </Button>
              )
            }
          />
        ))}
      </List>
      <ShowMore onMore={list.more} busy={list.busy} problem={list.problem && problemWords(list.problem)} />
    </div>
  )
}
