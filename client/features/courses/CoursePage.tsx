// A course's home: what is live now, its modules and what is in them. Staff see drafts and change things in place.
import {
  ArchiveRestore,
  Copy,
  DoorOpen,
  FileArchive,
  Glasses,
  ListChecks,
  ListTree,
  Plus,
  ScrollText,
  Settings,
  Users,
} from 'lucide-preact'
import { useState } from 'preact/hooks'
import { useLocation } from 'preact-iso/router'
import { type PageProps, pathTo } from '#client/app/paths.ts'
import { AccessDialog } from '#client/features/conditions/AccessDialog.tsx'
import { useLocks } from '#client/features/conditions/store.ts'
import { leaveCourse } from '#client/features/openings/store.ts'
import { choosePreview } from '#client/features/preview/store.ts'
import { useMarks } from '#client/features/progress/marks.tsx'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { Button, ButtonLink } from '#client/ui/Button.tsx'
import { EmptyState } from '#client/ui/EmptyState.tsx'
import { ErrorState } from '#client/ui/ErrorState.tsx'
import { Menu, type MenuItem } from '#client/ui/Menu.tsx'
import { PageHeader } from '#client/ui/PageHeader.tsx'
import { besideFrom, Pane, useMedia } from '#client/ui/Pane.tsx'
import { ScrollRow } from '#client/ui/ScrollRow.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import { inOwnDirection } from '#client/ui/words.tsx'
import type { LockSubject } from '#protocol/conditions.ts'
import { byPosition, type CourseItem, isLive } from '#protocol/courses.ts'
import { AddMenu } from './AddMenu.tsx'
import { CourseLink } from './CourseLink.tsx'
import { DropMark } from './DragHandle.tsx'
import { type CourseHome, mayChangeIn } from './home.ts'
import { LiveBanner } from './LiveBanner.tsx'
import { ModuleDialog } from './ModuleDialog.tsx'
import { hasFor, KindPart, ModulePart } from './ModulePart.tsx'
import { itemsIn, ownSection } from './outline.ts'
import { PickBar } from './PickBar.tsx'
import { courseParts } from './parts.ts'
import { beginPicking, linesOf, picking } from './picking.ts'
import { courseActions, courseLinks, itemKind } from './registry.ts'
import { StateBadge, StateBanner } from './StateBanner.tsx'
import { type CourseView, useCourse } from './store.ts'
import './CourseHome.css'

/** Live: what anybody publishes, moves or starts shows here at once. */
export function CoursePage({ params: { courseId } }: PageProps<'course'>) {
  const view = useCourse(courseId)
  const state = view.course.value
  if (view.status.value === 'closed') {
    if (view.problem.value?.code === 'not-published')
      return (
        <div class="stack">
          <PageHeader title={t('courses.notOpenTitle')} lead={t('courses.notOpenDetail')} />
          <div>
            <ButtonLink href={pathTo('courses')}>{t('courses.toCourses')}</ButtonLink>
          </div>
        </div>
      )
    return (
      <div class="stack">
        <PageHeader title={t('courses.closedTitle')} lead={t('courses.closedDetail')} />
        <div>
          <ButtonLink href={pathTo('courses')}>{t('courses.toCourses')}</ButtonLink>
        </div>
      </div>
    )
  }
  if (view.standing.problem && !view.standing.value) {
    const { problem, reload } = view.standing
    return (
      <ErrorState
        page
        title={t('courses.courseFailed')}
        detail={problemWords(problem)}
        requestId={problem.requestId}
        onRetry={reload}
      />
    )
  }
  if (!state || !view.standing.value) return <Skeleton form="page" />
  return <Home courseId={courseId} view={view} />
}

function Home({ courseId, view }: { readonly courseId: string; readonly view: CourseView }) {
  const state = view.course.value
  const { route: go } = useLocation()
  const [adding, setAdding] = useState(false)
  const [beside, setBeside] = useState('')
  const [access, setAccess] = useState<{ subject: LockSubject; id: string; title: string }>()
  const wide = useMedia(besideFrom)
  const reader = !view.standing.value ? null : view.staff ? 'staff' : 'learner'
  const locks = useLocks(courseId, reader, view.head.value + view.backstageHead.value)
  const marks = useMarks(courseId, reader, locks.turn)
  if (!state) return null
  const { course, modules } = state
  const capabilities = view.standing.value?.capabilities ?? []
  const may = (capability: (typeof capabilities)[number]) => capabilities.includes(capability)
  const seen = new Map([...locks.items, ...view.items.value].map(item => [item.id, item]))
  const items = [...seen.values()].sort(byPosition)
  // Staff of a course that is over see all of it and change none of it.
  const staff = may('content.change')
  const onAccess: CourseHome['onAccess'] = (subject, { id, title }) => setAccess({ subject, id, title })
  const live = items.some(isLive)
  const leave = async () => {
    if (await leaveCourse(courseId, course.title)) go(pathTo('courses'))
  }
  const more: MenuItem[] = [
    ...(may('course.change') || may('course.conclude')
      ? [{ label: t('courses.settings'), icon: Settings, href: pathTo('courseSettings', { courseId }) }]
      : []),
    ...(may('course.change') || may('course.conclude')
      ? [{ label: t('courses.log'), icon: ScrollText, href: pathTo('courseLog', { courseId }) }]
      : []),
    ...(staff
      ? [{ label: t('courses.removedTitle'), icon: ArchiveRestore, href: pathTo('courseRemoved', { courseId }) }]
      : []),
    ...(staff && items.length > 0 ? [{ label: t('courses.many'), icon: ListChecks, onSelect: beginPicking }] : []),
    ...(view.staff ? [{ label: t('preview.open'), icon: Glasses, onSelect: () => choosePreview(course.id) }] : []),
    ...(view.staff
      ? [
          { label: t('courses.copy'), icon: Copy, href: pathTo('courseCopy', { courseId }) },
          { label: t('archives.export'), icon: FileArchive, href: pathTo('courseExports', { courseId }) },
        ]
      : []),
    ...(view.standing.value?.mayLeave ? [{ label: t('openings.leave'), icon: DoorOpen, onSelect: leave }] : []),
  ]
  const loose = items.filter(item => item.moduleId === null && !ownSection(item))
  // What is live has its banner.
  const apart = items.filter(item => ownSection(item) && !isLive(item))
  const sections = [...new Set(apart.map(ownSection))].filter(one => one !== undefined)
  const plain: CourseHome = {
    courseId,
    staff,
    capabilities,
    rightsIn: view.rightsIn,
    modules,
    items,
    zone: course.timeZone,
    locks,
    marks,
    lines: undefined,
    onAccess,
  }
  const theirs = (all: readonly CourseItem[]) => all.filter(one => mayChangeIn(plain, one))
  const home =
    staff && picking.value ? { ...plain, lines: linesOf(modules, theirs(loose), theirs(items), theirs(apart)) } : plain
  const links = courseLinks(capabilities)
  const besideLink = wide ? links.find(link => link.name === beside) : undefined
  const parts = modules.filter(module => hasFor(home, module.id))
  const above = loose.length > 0 && hasFor(home, null)
  const empty = parts.length === 0 && !above && apart.length === 0

  return (
    <div class="stack-loose">
      <div class="course-head">
        <PageHeader
          title={course.title}
          parent={{ label: t('courses.title'), href: pathTo('courses') }}
          badges={<StateBadge {...course} />}
          lead={
            (course.shortName || course.summary) && (
              <>
                {course.shortName && <span class="course-short">{course.shortName}</span>}
                {course.summary && <p class="course-summary">{inOwnDirection(course.summary)}</p>}
              </>
            )
          }
          actions={
            <>
              {courseActions(capabilities).map(({ name, Button: Action }) => (
                <Action key={name} courseId={courseId} live={live} />
              ))}
              {more.length > 0 && <Menu label={t('courses.courseActions')} items={more} />}
            </>
          }
        />
        <div class="course-links">
          <ScrollRow
            label={course.title}
            menuLabel={t('courses.allPages')}
            items={[
              ...(may('course.view-people')
                ? [{ label: t('courses.people'), icon: Users, href: pathTo('people', { courseId }) }]
                : []),
              ...links.map(link => ({ label: t(link.label), icon: link.icon, href: link.path(courseId) })),
            ]}
          >
            {may('course.view-people') && (
              <CourseLink icon={Users} href={pathTo('people', { courseId })} label={t('courses.people')}>
                {view.staffState.value && <span class="course-link-count">{view.staffState.value.people}</span>}
              </CourseLink>
            )}
            {links.map(({ Beside, Count, ...link }) => (
              <CourseLink
                key={link.name}
                icon={link.icon}
                href={link.path(courseId)}
                label={t(link.label)}
                onBeside={Beside && wide ? () => setBeside(now => (now === link.name ? '' : link.name)) : undefined}
              >
                {Count && <Count courseId={courseId} />}
              </CourseLink>
            ))}
          </ScrollRow>
        </div>
        <StateBanner course={course} capabilities={capabilities} />
        {courseParts().map(({ name, Home: Part }) => (
          <Part key={name} courseId={courseId} />
        ))}
      </div>

      {items.filter(isLive).map(item => {
        const audience = view.staff ? 'staff' : 'learner'
        const href = itemKind(item.kind)?.path({ courseId, kind: item.kind, refId: item.refId }, audience)
        return (
          <LiveBanner
            key={item.id}
            title={item.title}
            detail={t('courses.liveLead')}
            join={view.staff ? t('courses.liveOpen') : t('courses.liveJoin')}
            href={href}
          />
        )
      })}

      {home.lines && (
        <PickBar
          lines={home.lines}
          all={{ courseId, items, modules }}
          orders={[null, ...modules.map(one => one.id)].map(id => itemsIn(home, id))}
          zone={course.timeZone}
        />
      )}
      {empty ? (
        <EmptyState
          icon={ListTree}
          title={staff ? t('courses.emptyCourseStaff') : t('courses.emptyCourseLearner')}
          action={
            staff && (
              <div class="cluster">
                <Button icon={Plus} onClick={() => setAdding(true)}>
                  {t('courses.addModule')}
                </Button>
                <AddMenu home={home} moduleId={null} label={t('courses.addToCourse')} words />
              </div>
            )
          }
        >
          {staff ? t('courses.emptyCourseStaffLead') : t('courses.emptyCourseLearnerLead')}
        </EmptyState>
      ) : (
        <>
          {above && <ModulePart home={home} module={null} />}
          {parts.map(module => (
            <ModulePart key={module.id} home={home} module={module} />
          ))}
          {sections.map(section => (
            <KindPart
              key={section}
              home={home}
              title={t(section)}
              items={apart.filter(item => ownSection(item) === section)}
            />
          ))}
          {staff && (
            <div class="cluster">
              <Button icon={Plus} onClick={() => setAdding(true)}>
                {t('courses.addModule')}
              </Button>
              {loose.length === 0 && <AddMenu home={home} moduleId={null} label={t('courses.addAbove')} words />}
            </div>
          )}
        </>
      )}
      <DropMark />
      {besideLink?.Beside && (
        <Pane open onClose={() => setBeside('')} title={t(besideLink.label)}>
          <besideLink.Beside courseId={courseId} />
        </Pane>
      )}
      {access && (
        <AccessDialog
          subject={access.subject}
          subjectId={access.id}
          title={access.title}
          release={locks.releaseOf(access.subject, access.id)}
          choices={{ courseId, zone: course.timeZone, items, modules }}
          onClose={() => setAccess(undefined)}
        />
      )}
      <ModuleDialog open={adding} onClose={() => setAdding(false)} courseId={courseId} />
    </div>
  )
}
