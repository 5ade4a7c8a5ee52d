// Lessons of a course on the wire: pages that end in choices, each leading to another page or to the end. Of a page a learner
// is told the choices and not where they lead.
import * as z from 'zod/mini'
import { defineRoutes, read, route, write } from './base/call.ts'
import { idSchema, instant, line, nothing, text, version } from './base/ids.ts'
import { pageInput, pageOf } from './base/paging.ts'
import { defineScope } from './base/scope.ts'
import { documentSchema, type PageDocument } from './content/document.ts'
import { courseId, moduleId } from './courses.ts'
import { accountId, lessonId, lessonPageId, walkCounts, walkedStep, walker, walkerFilter } from './lessons/walks.ts'

export { type LessonId, type LessonPageId, lessonId, lessonPageId } from './lessons/walks.ts'
export const lessonChoiceId = idSchema<'LessonChoice'>()
export type LessonChoiceId = z.infer<typeof lessonChoiceId>

export const mostLessonPages = 200
export const mostLessonChoices = 10

/** Where a choice leads: a page of the lesson, the page that follows in its order (the end after the last), or the end. */
export const lessonTarget = z.union([z.literal('next'), z.literal('end'), lessonPageId])
export type LessonTarget = z.infer<typeof lessonTarget>

/** What a page ends in. Without words it is a plain way on, and then the only one. */
export const lessonChoice = z.strictObject({
  id: lessonChoiceId,
  text: text(200),
  to: lessonTarget,
  /** Said back when it is taken; may be empty. */
  feedback: text(1_000),
})
export type LessonChoice = z.infer<typeof lessonChoice>

export const lessonChoices = z
  .array(lessonChoice)
  .check(z.maxLength(mostLessonChoices))
  .check(z.refine(list => new Set(list.map(one => one.id)).size === list.length))
  .check(z.refine(list => list.length < 2 || list.every(one => one.text.trim() !== '')))

export const lesson = z.object({
  id: lessonId,
  courseId,
  title: z.string(),
  intro: z.string(),
  /** Learners open its pages in any order; else only along its choices. */
  anyOrder: z.boolean(),
  version,
  changedAt: instant,
})
export type Lesson = z.infer<typeof lesson>

/** What is wrong with a page. `unreached`: no choice leads there from the first one. `no-way-out`: no choice is left on it.
 * `gone`: a choice leads to a page that was taken out. `traps`: from it the end can not be reached. */
export const lessonWarning = z.object({
  pageId: lessonPageId,
  what: z.enum(['unreached', 'no-way-out', 'gone', 'traps']),
  /** The choice, with `gone`. */
  choiceId: z.nullable(lessonChoiceId),
})
export type LessonWarning = z.infer<typeof lessonWarning>

/** A page as its staff list it. */
export const lessonPageLine = z.object({
  id: lessonPageId,
  title: z.string(),
  choices: z.array(lessonChoice),
  version,
})
export type LessonPageLine = z.infer<typeof lessonPageLine>

/** A page as its staff write it. */
export const lessonPage = z.object({ ...lessonPageLine.shape, document: z.custom<PageDocument>(), changedAt: instant })
export type LessonPage = z.infer<typeof lessonPage>

/** A page as it is read; a choice without words is a plain way on. */
export const lessonPageView = z.object({
  id: lessonPageId,
  title: z.string(),
  document: z.custom<PageDocument>(),
  choices: z.array(z.object({ id: lessonChoiceId, text: z.string(), ends: z.boolean() })),
})
export type LessonPageView = z.infer<typeof lessonPageView>

/** Where the reader is. */
export const lessonPlace = z.object({
  /** Null at the end. */
  page: z.nullable(lessonPageView),
  /** Whether there is a way back. */
  back: z.boolean(),
  /** Pages they have been on since they began. */
  been: z.array(lessonPageId),
  /** They were taken here from a page that was taken out since. */
  moved: z.boolean(),
  /** When they first came to the end, since they began anew. */
  finishedAt: z.nullable(instant),
})
export type LessonPlace = z.infer<typeof lessonPlace>

/** Whoever may look at the course: that the lesson or a page of it is another. It is read again. */
export const lessonScope = defineScope({
  name: 'lesson',
  state: z.object({}),
  feeds: { changed: z.object({}) },
  fleeting: {},
  apply: state => state,
})

/** Staff who see all grades of its course: that somebody went on. finished: to the end, for the first time since they began. */
export const lessonStaffScope = defineScope({
  name: 'lesson-staff',
  state: z.object({}),
  feeds: { stepped: z.object({ accountId }), finished: z.object({ accountId }) },
  fleeting: {},
  apply: state => state,
})

const title = line(200)
const intro = text(5_000)
const document = z.object({
  schema: z.int().check(z.minimum(1), z.maximum(documentSchema)),
  content: z.array(z.unknown()),
})
const ofLesson = { courseId, lessonId }
const ofPage = { ...ofLesson, pageId: lessonPageId }
const onPage = z.object({ page: lessonPage })

/** begin: at the first page, anew where they had begun. choose: a choice of a page. back: to the page they came from. jump: to any page, where `anyOrder` lets. */
export const lessonStep = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('begin') }),
  z.strictObject({ do: z.literal('choose'), pageId: lessonPageId, choiceId: lessonChoiceId }),
  z.strictObject({ do: z.literal('back') }),
  z.strictObject({ do: z.literal('jump'), pageId: lessonPageId }),
])
export type LessonStep = z.infer<typeof lessonStep>

export const lessonRoutes = defineRoutes('lessons', {
  /** Stands at the end of a module, without a page. */
  create: route(
    'POST',
    '/courses/:courseId/lessons',
    write(
      z.strictObject({
        courseId,
        moduleId: z._default(z.nullable(moduleId), null),
        title,
        intro: z._default(intro, ''),
        anyOrder: z._default(z.boolean(), false),
        published: z._default(z.boolean(), false),
      }),
      z.object({ lesson }),
    ),
  ),
  get: route(
    'GET',
    '/courses/:courseId/lessons/:lessonId',
    read(
      z.strictObject(ofLesson),
      z.object({
        lesson,
        published: z.boolean(),
        mayChange: z.boolean(),
        maySeeAll: z.boolean(),
        /** Whether the steps of the reader are kept: a learner's, while the course runs. */
        kept: z.boolean(),
        pages: z.int(),
        /** Its pages in order where they are open in any, or where each leads to the next alone; else empty. */
        contents: z.array(z.object({ id: lessonPageId, title: z.string() })),
        /** Null where the reader has not begun. */
        place: z.nullable(lessonPlace),
      }),
    ),
  ),
  /** `conflict` with the `current` lesson when somebody was faster. */
  change: route(
    'PATCH',
    '/courses/:courseId/lessons/:lessonId',
    write(
      z.strictObject({
        ...ofLesson,
        version,
        title: z.optional(title),
        intro: z.optional(intro),
        anyOrder: z.optional(z.boolean()),
      }),
      z.object({ lesson }),
    ),
  ),
  /** All its pages in order, without their text, and what is wrong with them. */
  outline: route(
    'GET',
    '/courses/:courseId/lessons/:lessonId/outline',
    read(z.strictObject(ofLesson), z.object({ pages: z.array(lessonPageLine), warnings: z.array(lessonWarning) })),
  ),
  page: route('GET', '/courses/:courseId/lessons/:lessonId/pages/:pageId', read(z.strictObject(ofPage), onPage)),
  /** At the end, empty, with one choice that leads on. */
  addPage: route(
    'POST',
    '/courses/:courseId/lessons/:lessonId/pages',
    write(z.strictObject({ ...ofLesson, title }), onPage),
  ),
  /**
   * `conflict` with the `current` page when somebody was faster; `lesson-traps` where learners of a published lesson would
   * not come to its end.
   */
  changePage: route(
    'PATCH',
    '/courses/:courseId/lessons/:lessonId/pages/:pageId',
    write(
      z.strictObject({
        ...ofPage,
        version,
        title: z.optional(title),
        document: z.optional(document),
        choices: z.optional(lessonChoices),
      }),
      onPage,
    ),
  ),
  /** Ahead of another page, or last for null. `lesson-traps` as above. */
  movePage: route(
    'POST',
    '/courses/:courseId/lessons/:lessonId/pages/:pageId/move',
    write(z.strictObject({ ...ofPage, before: z.nullable(lessonPageId) }), nothing),
  ),
  /** Whoever is on it is taken to the last page they came by that is still there. `lesson-traps` as above. */
  removePage: route(
    'DELETE',
    '/courses/:courseId/lessons/:lessonId/pages/:pageId',
    write(z.strictObject(ofPage), nothing),
  ),
  /** Undoes `removePage`, for its learners too as long as they have not gone on. `lesson-traps` as above. */
  restorePage: route(
    'POST',
    '/courses/:courseId/lessons/:lessonId/pages/:pageId/restore',
    write(z.strictObject(ofPage), nothing),
  ),
  /**
   * A step of a learner, which is kept; the last one counts wherever it is made. `conflict` where the choice is there no
   * longer; `not-found` for a page that is not, or that can not be jumped to.
   */
  step: route(
    'POST',
    '/courses/:courseId/lessons/:lessonId/steps',
    write(z.strictObject({ ...ofLesson, step: lessonStep }), z.object({ place: lessonPlace, feedback: z.string() })),
  ),
  /** A page to look at without being there: the first, a given one, or where a choice of it leads; null for the end. */
  look: route(
    'GET',
    '/courses/:courseId/lessons/:lessonId/look',
    read(
      z.strictObject({ ...ofLesson, pageId: z.optional(lessonPageId), choiceId: z.optional(lessonChoiceId) }),
      z.object({ page: z.nullable(lessonPageView), feedback: z.string() }),
    ),
  ),
  /** Learners by name with where they are; `counts` with the first page alone. */
  walkers: route(
    'GET',
    '/courses/:courseId/lessons/:lessonId/learners',
    read(
      z.strictObject({
        ...ofLesson,
        filter: z._default(walkerFilter, 'all'),
        search: z.optional(text(100)),
        ...pageInput,
      }),
      z.object({ ...pageOf(walker).shape, counts: z.nullable(walkCounts) }),
    ),
  ),
  /** The way one learner took, from their first step on; of what they began anew, too. */
  path: route(
    'GET',
    '/courses/:courseId/lessons/:lessonId/learners/:accountId/path',
    read(z.strictObject({ ...ofLesson, accountId, ...pageInput }), pageOf(walkedStep)),
  ),
  /** How often each choice was taken; those that never were are left out. */
  taken: route(
    'GET',
    '/courses/:courseId/lessons/:lessonId/taken',
    read(
      z.strictObject(ofLesson),
      z.object({ choices: z.array(z.object({ pageId: lessonPageId, choiceId: lessonChoiceId, count: z.int() })) }),
    ),
  ),
})
