// The only place that asks the routes of lessons.
import { request } from '#client/platform/call.ts'
import type { InputBefore, Output } from '#protocol/base/call.ts'
import type { PageDocument } from '#protocol/content/document.ts'
import type { WalkerFilter } from '#protocol/lessons/walks.ts'
import { type LessonChoice, lessonRoutes } from '#protocol/lessons.ts'

type LessonsInput<V extends keyof typeof lessonRoutes> = InputBefore<(typeof lessonRoutes)[V]>

/** Names the lesson a route is asked about. */
export interface OfLesson {
  readonly courseId: string
  readonly lessonId: string
}

/** Names a page of it. */
export interface OfLessonPage extends OfLesson {
  readonly pageId: string
}

export type Shown = Output<typeof lessonRoutes.get>
export type Outline = Output<typeof lessonRoutes.outline>
export type Step =
  | { readonly do: 'begin' | 'back' }
  | { readonly do: 'choose'; readonly pageId: string; readonly choiceId: string }
  | { readonly do: 'jump'; readonly pageId: string }

interface LessonWords {
  readonly title: string
  readonly intro: string
  readonly anyOrder: boolean
}

interface PageWords {
  readonly title?: string
  readonly document?: PageDocument
  readonly choices?: readonly LessonChoice[]
}

/** As it travels. */
const plainly = ({ document, choices, ...words }: PageWords) => ({
  ...words,
  ...(document ? { document: { schema: document.schema, content: [...document.content] } } : {}),
  ...(choices ? { choices: [...choices] } : {}),
})

export const createLesson = (input: { courseId: string; moduleId: string | null } & LessonWords) =>
  request(lessonRoutes.create, input as LessonsInput<'create'>)
export const getLesson = (of: OfLesson) => request(lessonRoutes.get, of as LessonsInput<'get'>)
export const changeLesson = (of: OfLesson, version: number, words: LessonWords) =>
  request(lessonRoutes.change, { ...of, version, ...words } as LessonsInput<'change'>)
export const getOutline = (of: OfLesson) => request(lessonRoutes.outline, of as LessonsInput<'outline'>)
export const getLessonPage = (of: OfLessonPage) => request(lessonRoutes.page, of as LessonsInput<'page'>)
export const addLessonPage = (of: OfLesson, title: string) =>
  request(lessonRoutes.addPage, { ...of, title } as LessonsInput<'addPage'>)
export const changeLessonPage = (of: OfLessonPage, version: number, words: PageWords) =>
  request(lessonRoutes.changePage, { ...of, version, ...plainly(words) } as LessonsInput<'changePage'>)
export const moveLessonPage = (of: OfLessonPage, before: string | null) =>
  request(lessonRoutes.movePage, { ...of, before } as LessonsInput<'movePage'>)
export const removeLessonPage = (of: OfLessonPage) => request(lessonRoutes.removePage, of as LessonsInput<'removePage'>)
export const restoreLessonPage = (of: OfLessonPage) =>
  request(lessonRoutes.restorePage, of as LessonsInput<'restorePage'>)

export const takeStep = (of: OfLesson, step: Step) =>
  request(lessonRoutes.step, { ...of, step } as LessonsInput<'step'>)
export const lookAt = (of: OfLesson, at: { readonly pageId?: string; readonly choiceId?: string } = {}) =>
  request(lessonRoutes.look, { ...of, ...at } as LessonsInput<'look'>)

export const listWalkers = (
  of: OfLesson,
  input: { filter: WalkerFilter; search?: string; after?: string; limit: number },
) => request(lessonRoutes.walkers, { ...of, ...input } as LessonsInput<'walkers'>)
export const listPath = (of: OfLesson, accountId: string, after: string | undefined) =>
  request(lessonRoutes.path, { ...of, accountId, ...(after ? { after } : {}) } as LessonsInput<'path'>)
export const countTaken = (of: OfLesson) => request(lessonRoutes.taken, of as LessonsInput<'taken'>)
