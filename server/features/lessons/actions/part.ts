// Lessons as a part of their course: their pages and choices, and nobody's way through them. And what lessons owe a person.
import * as z from 'zod/mini'
import { line, text } from '#protocol/base/ids.ts'
import { filesIn, type PageDocument, plainText, readDocument } from '#protocol/content/document.ts'
import {
  type LessonChoice,
  type LessonId,
  type LessonPageId,
  lessonChoices,
  lessonId,
  lessonPageId,
  mostLessonPages,
} from '#protocol/lessons.ts'
import { type CourseMaking, type CoursePart, standingRefs } from '#server/features/courses/index.ts'
import { addFileUses } from '#server/features/files/index.ts'
import { newId } from '#server/platform/db/id.ts'
import type { AccountHooks } from '#server/platform/feature.ts'
import { detailOf, lessonKind } from '../queries/lessons.ts'
import { exportWalks } from '../queries/walks.ts'
import { type LessonPageRow, type LessonRow, lessonPages, lessons } from '../tables.ts'

const shape = z.array(
  z.strictObject({
    id: lessonId,
    title: line(200),
    intro: text(5_000),
    anyOrder: z.boolean(),
    pages: z
      .array(
        z.strictObject({
          id: lessonPageId,
          title: line(200),
          document: z.custom<PageDocument>(value => readDocument(value) !== undefined),
          choices: lessonChoices,
        }),
      )
      .check(z.maxLength(mostLessonPages)),
  }),
)

/** The words as they stand in another course: pictures and files in them are those of that course. */
const wordsIn = (document: PageDocument, { find }: CourseMaking): PageDocument =>
  JSON.parse(JSON.stringify(readDocument(document)), (key, value) =>
    key === 'fileId' ? (find('file', String(value)) ?? value) : value,
  )

/** Choices under ids of their own; what leads to a page that did not come along is left out. */
const choicesIn = (choices: readonly LessonChoice[], idOf: ReadonlyMap<string, LessonPageId>): LessonChoice[] =>
  choices.flatMap(one => {
    const to = one.to === 'next' || one.to === 'end' ? one.to : idOf.get(one.to)
    return to === undefined ? [] : [{ ...one, id: newId<'LessonChoice'>(), to }]
  })

export const lessonsPart: CoursePart<z.infer<typeof shape>> = {
  shape,
  take: async (ctx, courseId) => {
    const id = (await standingRefs(ctx, courseId, lessonKind)) as LessonId[]
    const rows = await lessons.findAll({ where: { id }, order: [['id', 'asc']], raw: true })
    const pages = await lessonPages.findAll({
      where: { lessonId: id, removedAt: null },
      order: [
        ['place', 'asc'],
        ['id', 'asc'],
      ],
      raw: true,
    })
    const there = new Set<string>(pages.map(one => one.id))
    const leads = ({ to }: LessonChoice) => to === 'next' || to === 'end' || there.has(to)
    return rows.map(({ id, title, intro, anyOrder }) => ({
      ...{ id, title, intro, anyOrder },
      pages: pages
        .filter(one => one.lessonId === id)
        .map(({ id, title, document, choices }) => ({ id, title, document, choices: choices.filter(leads) })),
    }))
  },
  count: part => ({ lessons: part.length }),
  lines: part => part.map(({ id }) => ({ kind: lessonKind, refId: id })),
  make: async (ctx, making, part) => {
    const { to: courseId, name, show } = making
    const made: LessonPageRow[] = []
    const rows = part.map(({ id, pages, ...words }) => {
      const row: LessonRow = {
        ...words,
        ...{ id: name<LessonId>('lesson', id), courseId, version: 0, changedAt: ctx.now },
      }
      show(lessonKind, id, { refId: row.id, badge: null, detail: detailOf(row, pages.length) })
      const idOf = new Map(pages.map(one => [String(one.id), name<LessonPageId>('lesson-page', one.id)]))
      for (const [at, { id: was, title, document: given, choices }] of pages.entries()) {
        const document = wordsIn(given, making)
        made.push({
          ...{
            id: idOf.get(was) ?? newId(),
            lessonId: row.id,
            place: at + 1,
            title,
            document,
            body: plainText(document),
          },
          ...{ choices: choicesIn(choices, idOf), version: 0, changedAt: ctx.now, removedAt: null, removedBy: null },
        })
      }
      return row
    })
    await lessons.bulkCreate(rows)
    await lessonPages.bulkCreate(made)
    const pairs = made.flatMap(({ lessonId: refId, document }) => filesIn(document).map(fileId => ({ refId, fileId })))
    const shown = [...new Map(pairs.map(one => [`${one.refId} ${one.fileId}`, one])).values()]
    await addFileUses(ctx, { courseId, kind: lessonKind, shown })
  },
}

/** What lessons owe a person: the ways they went, back and gone with their account. */
export const accountHooks: AccountHooks = {
  columns: ['lesson_walks.account_id', 'lesson_pages.removed_by'],
  stays: { 'lesson_pages.removed_by': 'trail' },
  export: async (ctx, accountId) => ({ lessons: await exportWalks(ctx, accountId) }),
  erase: async (ctx, accountId) => {
    await ctx.sql('delete from lesson_steps s using lesson_walks w where w.id = s.walk_id and w.account_id = $1', [
      accountId,
    ])
    await ctx.sql('delete from lesson_walks where account_id = $1', [accountId])
  },
  // What was begun last holds, whichever of the two began it.
  merge: async (ctx, from, into) => {
    await ctx.sql('update lesson_walks set account_id = $2 where account_id = $1', [from, into])
    await ctx.sql('update lesson_pages set removed_by = $2 where removed_by = $1', [from, into])
  },
}
