// The words in which a demo course is written, and how it is put into the database: through the same calls a browser
// makes, so that every rule of the product holds for it too.

import type { ActivityKindName } from '#protocol/activities/registry.ts'
import { type ActivityId, activityRoutes } from '#protocol/activities.ts'
import { contentRoutes } from '#protocol/content.ts'
import { outlineRoutes } from '#protocol/courses/outline.ts'
import { type CourseId, courseRoutes } from '#protocol/courses.ts'
import type { WrittenQuestion } from '#protocol/question-types/registry.ts'
import { changeItem } from '#server/features/courses/index.ts'
import type { Insider } from '#server/main.ts'

export interface DemoActivity {
  readonly kind: ActivityKindName
  readonly title: string
  readonly questions: readonly WrittenQuestion[]
}

export interface DemoCourse {
  readonly title: string
  readonly shortName: string
  readonly summary: string
  readonly modules: readonly {
    readonly title: string
    readonly pages: readonly { readonly title: string; readonly body: string }[]
    readonly activities: readonly DemoActivity[]
  }[]
}

const letters = 'abcdefgh'
const optionsOf = (texts: readonly string[]) => texts.map((text, index) => ({ id: letters[index] ?? 'z', text }))

/** A single choice; `right` is the place of the right option. */
export const single = (prompt: string, texts: readonly string[], right: number): WrittenQuestion => ({
  type: 'single',
  body: { prompt, options: optionsOf(texts) },
  key: { optionIds: [letters[right] ?? 'a'] },
})

/** A multiple choice; `right` are the places of the right options. */
export const multiple = (prompt: string, texts: readonly string[], right: readonly number[]): WrittenQuestion => ({
  type: 'multiple',
  body: { prompt, options: optionsOf(texts) },
  key: { optionIds: right.map(place => letters[place] ?? 'a') },
})

/** True or false. */
export const trueFalse = (prompt: string, right: 'true' | 'false'): WrittenQuestion => ({
  type: 'true-false',
  body: { prompt },
  key: { optionIds: [right] },
})

/** A number; `tolerance` in the same unit. */
export const numeric = (prompt: string, value: string, tolerance: string, unit?: string): WrittenQuestion => ({
  type: 'numeric',
  body: { prompt, ...(unit === undefined ? {} : { unit }) },
  key: { value, tolerance, toleranceIn: 'absolute' },
})

/** A short text; every one of `accepted` is right. */
export const shortText = (prompt: string, accepted: readonly string[]): WrittenQuestion => ({
  type: 'short-text',
  body: { prompt },
  key: { accepted: [...accepted], ignores: ['case', 'accents'] },
})

/** A prompt for words or a text. */
export const open = (prompt: string): WrittenQuestion => ({ type: 'open', body: { prompt }, key: {} })

/** Builds a course as its instructor; answers its id, its activities by title and its pages in order. Everything in it is published. */
export async function buildCourse(
  as: Insider,
  demo: DemoCourse,
): Promise<{ courseId: CourseId; activities: Map<string, ActivityId>; pageIds: string[] }> {
  const { course } = await as.call(courseRoutes.create, {
    title: demo.title,
    shortName: demo.shortName,
    summary: demo.summary,
    timeZone: 'Europe/Berlin',
  })
  const activities = new Map<string, ActivityId>()
  const pageIds: string[] = []
  for (const part of demo.modules) {
    const { module } = await as.call(outlineRoutes.createModule, { courseId: course.id, title: part.title })
    for (const page of part.pages) {
      const place = { courseId: course.id, moduleId: module.id, published: true }
      pageIds.push((await as.call(contentRoutes.createPage, { ...place, ...page })).page.id)
    }
    for (const { kind, title, questions } of part.activities) {
      const made = await as.call(activityRoutes.create, { courseId: course.id, moduleId: module.id, kind, title })
      for (const question of questions) await as.call(activityRoutes.addItem, { activityId: made.id, question })
      await as.act(ctx => changeItem(ctx, { kind: 'activity', refId: made.id, published: true }))
      activities.set(title, made.id)
    }
  }
  return { courseId: course.id, activities, pageIds }
}
