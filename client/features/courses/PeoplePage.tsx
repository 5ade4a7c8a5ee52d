// Who is in a course: searched and filtered by the server, roles changed in place, the join code beside them.
import { FileUp, Link as LinkIcon, UserPlus, Users } from 'lucide-preact'
import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import { useLocation } from 'preact-iso/router'
import { type PageProps, pathTo } from '#client/app/paths.ts'
import { roleName } from '#client/features/access/words.ts'
import { InviteDialog } from '#client/features/accounts/invitations/InviteDialog.tsx'
import { OpenInvitations } from '#client/features/accounts/invitations/OpenInvitations.tsx'
import { listInvitations } from '#client/features/accounts/invitations/store.ts'
import { GroupFilter } from '#client/features/groups/GroupFilter.tsx'
import { OpeningCard } from '#client/features/openings/OpeningCard.tsx'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { answered, useLoad } from '#client/platform/use-load.ts'
import { usePages } from '#client/platform/use-pages.ts'
import { Button } from '#client/ui/Button.tsx'
import { Section } from '#client/ui/Card.tsx'
import { EmptyState } from '#client/ui/EmptyState.tsx'
import { ErrorState } from '#client/ui/ErrorState.tsx'
import { Field } from '#client/ui/Field.tsx'
import { PageHeader } from '#client/ui/PageHeader.tsx'
import { ShowMore } from '#client/ui/ShowMore.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import { Table } from '#client/ui/Table.tsx'
import { Together } from '#client/ui/Together.tsx'
import { roleKey } from '#protocol/access.ts'
import type { CoursePerson, RoleInCourse } from '#protocol/courses/people.ts'
import { isOver } from '#protocol/courses.ts'
import { groupId as groupIdSchema } from '#protocol/groups.ts'
import { EndDialog } from './EndDialog.tsx'
import { EnrolDialog } from './EnrolDialog.tsx'
import { ImportPeopleDialog } from './ImportPeopleDialog.tsx'
import { JoinCode } from './JoinCode.tsx'
import { columnsFor } from './people-columns.tsx'
import { toEnrolWith, toInviteAs } from './RoleCell.tsx'
import { allPeopleTools } from './registry.ts'
import { type CourseId, getJoinCode, listPeople, listPeopleRoles, useCourse } from './store.ts'
import './People.css'

const page = 200
const noRoles: readonly RoleInCourse[] = []
/** What is typed stands in the address once it rests. */
const pauseMs = 400

interface Filter {
  readonly search: string
  readonly role: string
  readonly group: string
}

/** What the list is narrowed to, as the address says: to be shared, and there again on the way back. */
function useFilter(courseId: CourseId, query: PageProps<'people'>['query']) {
  const { route: go } = useLocation()
  const asked: Filter = { search: query.search ?? '', role: query.role ?? '', group: query.group ?? '' }
  const [search, setSearch] = useState(asked.search)
  const sent = useRef(asked.search)
  const filterBy = (change: Partial<Filter>) => {
    const next = Object.entries({ ...asked, search, ...change }).filter(([, value]) => value !== '')
    sent.current = change.search ?? search
    go(pathTo('people', { courseId }, Object.fromEntries(next)), true)
  }
  // Back and forward change what is typed; what one's own typing brought into the address does not.
  useEffect(() => {
    if (asked.search !== sent.current) setSearch(asked.search)
    sent.current = asked.search
  }, [asked.search])
  useEffect(() => {
    if (search === sent.current) return
    const timer = setTimeout(() => filterBy({ search }), pauseMs)
    return () => clearTimeout(timer)
  }, [search])
  return {
    search,
    setSearch,
    role: roleKey.safeParse(asked.role).data ?? '',
    groupId: groupIdSchema.safeParse(asked.group).data ?? '',
    filterBy,
  } as const
}

/** Everybody for those who may see them; e-mails and changes for those who may enrol. */
export function PeoplePage({ params, query }: PageProps<'people'>) {
  const courseId = params.courseId as CourseId
  const view = useCourse(courseId)
  const { route: go } = useLocation()
  const { search, setSearch, role, groupId, filterBy } = useFilter(courseId, query)
  const [adding, setAdding] = useState(false)
  const [inviting, setInviting] = useState(false)
  const [importing, setImporting] = useState(false)
  const capabilities = view.standing.value?.capabilities ?? []
  const mayEnrol = capabilities.includes('course.enrol')
  const mayGive = capabilities.includes('role.give')
  // People came, went or changed their role: the list is read again.
  const turn = view.backstageHead.value
  const course = view.course.value?.course
  // Who is in which group is for those who manage them; of a course that is over, for all of its staff.
  const seesGroups = view.staff && (isOver(course?.state ?? 'published') || capabilities.includes('group.manage'))
  const asked = {
    courseId,
    limit: page,
    ...(search.trim() === '' ? {} : { search: search.trim() }),
    given: true,
    ...(role === '' ? {} : { role }),
    ...(groupId === '' || !seesGroups ? {} : { groupId }),
  }
  const filter = `${courseId} ${search} ${role} ${groupId}`
  // Until it is known whether they may ask for a group, nothing is asked.
  const list = usePages(groupId !== '' && !(view.standing.value && course) ? null : filter, after =>
    listPeople({ ...asked, ...(after === undefined ? {} : { after }) }),
  )
  const counted = useLoad(courseId, () => listPeopleRoles(courseId))
  const roles = counted.value?.roles ?? noRoles
  const invitations = useLoad(mayEnrol ? courseId : null, () => listInvitations({ courseId }))
  const code = useLoad(mayEnrol ? courseId : null, () => getJoinCode(courseId))
  const settled = answered(view.standing) && (!mayEnrol || (answered(code) && answered(invitations)))
  useEffect(() => {
    if (turn === 0) return
    list.reload()
    counted.reload()
    invitations.reload()
    code.reload()
  }, [turn])
  const zone = course?.timeZone ?? 'UTC'
  const [ending, setEnding] = useState<CoursePerson | undefined>()
  const columns = useMemo(
    () => columnsFor(courseId, { mayEnrol, mayGive, roles, go, zone, onEnd: setEnding }),
    [courseId, mayEnrol, mayGive, roles, go, zone],
  )
  const filtered = search.trim() !== '' || role !== '' || groupId !== ''

  return (
    <div class="stack-loose">
      <PageHeader
        title={t('courses.people')}
        parent={{ label: course?.title ?? t('courses.title'), href: pathTo('course', { courseId }) }}
        lead={counted.value && t('courses.peopleCount', { count: counted.value.people })}
        actions={
          mayEnrol && (
            <>
              <Button icon={LinkIcon} onClick={() => setInviting(true)}>
                {t('accounts.invite')}
              </Button>
              {allPeopleTools(capabilities).map(tool => (
                <tool.Button key={tool.name} courseId={courseId} />
              ))}
              <Button icon={FileUp} onClick={() => setImporting(true)}>
                {t('courses.importOpen')}
              </Button>
              <Button kind="primary" icon={UserPlus} onClick={() => setAdding(true)}>
                {t('courses.addPerson')}
              </Button>
            </>
          )
        }
      />
      <Together ready={settled}>
        {mayEnrol && code.value && course?.template === false && (
          <JoinCode courseId={courseId} joinCode={code.value.joinCode} onChanged={code.reload} />
        )}
        {mayEnrol && course && !course.template && <OpeningCard course={course} turn={turn} />}
        {mayEnrol && (invitations.problem || (invitations.value?.length ?? 0) > 0) && (
          <Section title={t('accounts.invitations')}>
            <OpenInvitations loaded={invitations} />
          </Section>
        )}
        {!list.rows ? (
          list.problem ? (
            <ErrorState
              title={t('courses.peopleFailed')}
              detail={problemWords(list.problem)}
              requestId={list.problem.requestId}
              onRetry={list.reload}
            />
          ) : (
            <Skeleton form="rows" count={6} />
          )
        ) : (
          <div class="stack">
            <div class="people-filter">
              <Field
                type="search"
                name="search"
                label={t('courses.peopleSearch')}
                labelHidden
                placeholder={t('courses.peopleSearch')}
                value={search}
                onValue={setSearch}
              />
              <Field
                type="select"
                name="role"
                label={t('courses.peopleRole')}
                labelHidden
                value={role}
                onValue={chosen => filterBy({ role: chosen })}
                options={[
                  { value: '', label: t('courses.peopleAll') },
                  ...roles.map(one => ({
                    value: one.key,
                    label: t('courses.roleCounted', { role: roleName(one), count: one.people }),
                  })),
                ]}
              />
              {seesGroups && (
                <GroupFilter courseId={courseId} value={groupId} onValue={chosen => filterBy({ group: chosen })} />
              )}
            </div>
            <Table
              label={t('courses.people')}
              columns={columns}
              rows={list.rows}
              rowKey={one => one.accountId}
              empty={
                filtered ? (
                  <EmptyState title={t('courses.peopleNoMatch')}>{t('courses.peopleNoMatchLead')}</EmptyState>
                ) : (
                  <EmptyState icon={Users} title={t('courses.peopleEmpty')}>
                    {t('courses.peopleEmptyLead')}
                  </EmptyState>
                )
              }
            />
            <ShowMore onMore={list.more} busy={list.busy} problem={list.problem && problemWords(list.problem)} />
          </div>
        )}
      </Together>
      {ending && <EndDialog courseId={courseId} person={ending} timeZone={zone} onClose={() => setEnding(undefined)} />}
      <EnrolDialog
        open={adding}
        onClose={() => setAdding(false)}
        courseId={courseId}
        roles={toEnrolWith(roles)}
        onInvited={invitations.reload}
      />
      <ImportPeopleDialog
        open={importing}
        onClose={() => setImporting(false)}
        courseId={courseId}
        roles={toEnrolWith(roles)}
      />
      <InviteDialog
        open={inviting}
        onClose={() => setInviting(false)}
        into={{ courseId }}
        choices={toInviteAs(roles)}
        onMade={invitations.reload}
      />
    </div>
  )
}
