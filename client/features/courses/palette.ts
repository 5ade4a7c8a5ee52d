// What the palette offers about courses: each of one's own, the pages and things of the open one, its join link.
import { signal } from '@preact/signals'
import { BookOpen, Link2, Users } from 'lucide-preact'
import { courses as frameCourses } from '#client/app/frame.ts'
import { type PaletteChoice, type PaletteWhere, registerPaletteSource } from '#client/app/palette/registry.ts'
import { pathTo } from '#client/app/paths.ts'
import { request } from '#client/platform/call.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { scopeStore } from '#client/platform/realtime.ts'
import { shareLink } from '#client/platform/share-origin.ts'
import { t } from '#client/platform/texts.ts'
import { copyText } from '#client/ui/clipboard.ts'
import { showToast } from '#client/ui/Toast.tsx'
import type { Capability } from '#protocol/base/roles.ts'
import { courseStaffScope } from '#protocol/courses/staff.ts'
import { type CourseId, courseRoutes, courseScope } from '#protocol/courses.ts'
import { courseLinks, itemKind } from './registry.ts'
import { getJoinCode } from './store.ts'

interface OpenCourse {
  readonly courseId: string
  readonly title: string
  readonly capabilities: readonly Capability[]
}

const open = signal<OpenCourse | undefined>(undefined)

/** The course the palette was opened in, with what the person may do there; undefined until it is known. */
export const openCourse = ({ courseId }: PaletteWhere): OpenCourse | undefined =>
  courseId !== undefined && open.value?.courseId === courseId ? open.value : undefined

function look({ courseId }: PaletteWhere): void {
  if (courseId === undefined) return
  request(courseRoutes.get, { courseId: courseId as CourseId }).then(
    ({ course, capabilities }) => {
      open.value = { courseId, title: course.title, capabilities }
    },
    // Without an answer the acts of this course are not offered; the rest is.
    () => undefined,
  )
}

async function copyJoinLink(courseId: string): Promise<void> {
  try {
    const { joinCode } = await getJoinCode(courseId)
    if (joinCode === null) {
      showToast({ text: t('palette.joinCodeOff') })
      return
    }
    const done = await copyText(shareLink(pathTo('joinCourse', {}, { code: joinCode })))
    showToast(done ? { text: t('palette.joinCodeCopied') } : { text: t('ui.copyFailed'), tone: 'bad' })
  } catch (error) {
    showToast({ text: problemWords(error), tone: 'bad' })
  }
}

function inOpenCourse(where: PaletteWhere): PaletteChoice[] {
  const course = openCourse(where)
  if (!course) return []
  const { courseId, title: detail, capabilities } = course
  const pages: PaletteChoice[] = courseLinks(capabilities).map(link => ({
    key: `course link ${courseId} ${link.name}`,
    label: t(link.label),
    detail,
    icon: link.icon,
    does: { go: link.path(courseId) },
  }))
  if (capabilities.includes('course.view-people'))
    pages.push({
      key: `course link ${courseId} people`,
      label: t('app.peopleTitle'),
      detail,
      icon: Users,
      does: { go: pathTo('people', { courseId }) },
    })
  const staff = capabilities.includes('content.change')
  const items = [
    ...(scopeStore(courseScope, courseId).state.value?.items ?? []),
    ...(staff ? (scopeStore(courseStaffScope, courseId).state.value?.drafts ?? []) : []),
  ]
  const things = items.flatMap((item): PaletteChoice[] => {
    const kind = itemKind(item.kind)
    const go = kind?.path({ courseId, ...item }, staff ? 'staff' : 'learner')
    return kind && go
      ? [{ key: `item ${item.id}`, label: item.title, detail: t(kind.label), icon: kind.icon, does: { go } }]
      : []
  })
  return [...pages, ...things]
}

/** Called once, at the boot of courses. */
export function startCoursePalette(): void {
  registerPaletteSource({ name: 'open course', group: 'go', list: inOpenCourse, opened: look })
  registerPaletteSource({
    name: 'courses',
    group: 'go',
    list: () =>
      frameCourses.value.map(course => ({
        key: `course ${course.id}`,
        label: course.title,
        icon: BookOpen,
        does: { go: pathTo('course', { courseId: course.id }) },
      })),
  })
  registerPaletteSource({
    name: 'join link',
    group: 'act',
    list: where => {
      const course = openCourse(where)
      if (!course?.capabilities.includes('course.enrol')) return []
      return [
        {
          key: `copy join link ${course.courseId}`,
          label: t('palette.copyJoinCode', { course: course.title }),
          icon: Link2,
          does: { run: () => void copyJoinLink(course.courseId) },
        },
      ]
    },
  })
}
