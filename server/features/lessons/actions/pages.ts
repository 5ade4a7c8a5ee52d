// Writes the pages of lessons. Rights were asked by the door. Whoever is on a page that is taken out is taken to the last one
// they came by, and back where that is undone.
import { demand, Problem } from '#protocol/base/problems.ts'
import { documentSchema, filesIn, type PageDocument, plainText, readDocument } from '#protocol/content/document.ts'
import {
  type LessonChoice,
  type LessonPage,
  type LessonPageId,
  lessonScope,
  lessonStaffScope,
  mostLessonPages,
} from '#protocol/lessons.ts'
import { changeItem } from '#server/features/courses/index.ts'
import { setFileUses } from '#server/features/files/index.ts'
import { actorOf, type WriteCtx } from '#server/platform/ctx.ts'
import { newId } from '#server/platform/db/id.ts'
import {
  detailOf,
  getLessonPage,
  lessonKind,
  linesOf,
  type OfLesson,
  type OfLessonPage,
  pageOf,
} from '../queries/lessons.ts'
import { nearestOn } from '../rules.ts'
import { type LessonPageRow, type LessonRow, lessonPages, type StepRow, steps, type WalkRow, walks } from '../tables.ts'
import { demandSafe, holdLesson, record } from './lessons.ts'

const empty: PageDocument = { schema: documentSchema, content: [{ type: 'paragraph' }] }

function documentFrom(given: unknown): PageDocument {
  const document = readDocument(given)
  if (!document) throw new Problem('malformed', { errors: [{ path: 'document', code: 'invalid_document' }] })
  return document
}

/** Tells what became of a page. Throws `lesson-traps`. */
async function told(ctx: WriteCtx, verb: string, lesson: LessonRow, page: Pick<LessonPageRow, 'title'>): Promise<void> {
  await demandSafe(ctx, lesson)
  const pages = await linesOf(lesson.id)
  const detail = detailOf(lesson, pages.length)
  await changeItem(ctx, { kind: lessonKind, refId: lesson.id, title: lesson.title, detail })
  await record(ctx, `page-${verb}`, lesson, { page: page.title })
  ctx.announce(lessonScope, lesson.id, { kind: 'changed', body: {} })
}

/** Says which files its pages show now, where what was written has some. */
async function showFiles(ctx: WriteCtx, lesson: LessonRow, ...documents: readonly PageDocument[]): Promise<void> {
  if (documents.every(one => filesIn(one).length === 0)) return
  const shown = await ctx.sql<{ fileId: string }>(
    `select distinct f #>> '{}' as "fileId" from lesson_pages p
       cross join lateral jsonb_path_query(p.document, 'strict $.**.fileId') f
      where p.lesson_id = $1 and p.removed_at is null`,
    [lesson.id],
  )
  const fileIds = shown.map(one => one.fileId)
  await setFileUses(ctx, { courseId: lesson.courseId, kind: lessonKind, refId: lesson.id, fileIds })
}

/** Adds an empty page at the end, which leads on. Throws `not-found`, `lesson-traps`, `too-many`. */
export async function addPage(
  ctx: WriteCtx,
  { title, ...of }: OfLesson & { readonly title: string },
): Promise<LessonPage> {
  const lesson = await holdLesson(of)
  const before = await lessonPages.count({ where: { lessonId: lesson.id, removedAt: null } })
  demand(before < mostLessonPages, 'too-many', { params: { most: mostLessonPages } })
  const last = (await lessonPages.max('place', { where: { lessonId: lesson.id } })) as number | null
  const onward: LessonChoice = { id: newId<'LessonChoice'>(), text: '', to: 'next', feedback: '' }
  const row: LessonPageRow = {
    ...{ id: newId<'LessonPage'>(), lessonId: lesson.id, place: (last ?? 0) + 1, title, document: empty, body: '' },
    ...{ choices: [onward], version: 0, changedAt: ctx.now, removedAt: null, removedBy: null },
  }
  await lessonPages.create(row)
  await told(ctx, 'added', lesson, row)
  return pageOf(row)
}

export interface PageChange extends OfLessonPage {
  readonly version: number
  readonly title?: string | undefined
  readonly document?: unknown
  readonly choices?: LessonChoice[] | undefined
}

/**
 * Changes a page at the version the writer read. Throws `not-found`, `conflict` with the current one; `malformed` for
 * no document, and at `choices` for one that leads to another lesson; `lesson-traps`.
 */
export async function changePage(ctx: WriteCtx, { pageId, version, ...given }: PageChange): Promise<LessonPage> {
  const lesson = await holdLesson(given)
  const row = await getLessonPage(lesson.id, pageId)
  demand(row.version === version, 'conflict', { params: { current: pageOf(row) } })
  const document = given.document === undefined ? row.document : documentFrom(given.document)
  const choices = given.choices ?? row.choices
  // A page that was taken out may come back: what leads there stays.
  const named = [...new Set(choices.flatMap(({ to }) => (to === 'next' || to === 'end' ? [] : [to])))]
  const known = await lessonPages.count({ where: { lessonId: lesson.id, id: named } })
  demand(known === named.length, 'malformed', { errors: [{ path: 'choices', code: 'other_lesson' }] })
  const next: LessonPageRow = {
    ...{ ...row, title: given.title ?? row.title, document, body: plainText(document), choices },
    ...{ version: version + 1, changedAt: ctx.now },
  }
  await lessonPages.update(next, { where: { id: row.id } })
  await showFiles(ctx, lesson, row.document, document)
  await told(ctx, 'changed', lesson, next)
  return pageOf(next)
}

/** Puts a page ahead of another, or last. Throws `not-found`, `lesson-traps`. */
export async function movePage(
  ctx: WriteCtx,
  { pageId, before, ...of }: OfLessonPage & { readonly before: LessonPageId | null },
): Promise<void> {
  const lesson = await holdLesson(of)
  const row = await getLessonPage(lesson.id, pageId)
  if (before !== null) await getLessonPage(lesson.id, before)
  if (before === pageId) return
  const all = await lessonPages.findAll({
    where: { lessonId: lesson.id },
    attributes: ['id'],
    order: [
      ['place', 'asc'],
      ['id', 'asc'],
    ],
    raw: true,
  })
  const order = all.map(one => one.id).filter(id => id !== pageId)
  order.splice(before === null ? order.length : order.indexOf(before), 0, pageId)
  await ctx.sql(
    `update lesson_pages p set place = n.place from unnest($1::uuid[]) with ordinality as n(id, place) where p.id = n.id`,
    [order],
  )
  await told(ctx, 'moved', lesson, row)
}

/** Takes whoever is on a page that was taken out to the nearest one they came by. */
async function moveWalkers(ctx: WriteCtx, lesson: LessonRow, pageId: LessonPageId): Promise<void> {
  const on: WalkRow[] = await walks.findAll({ where: { lessonId: lesson.id, pageId }, lock: true, raw: true })
  if (on.length === 0) return
  const pages = await linesOf(lesson.id)
  const moved = on.map(
    (walk): StepRow => ({
      ...{ walkId: walk.id, number: walk.steps + 1, how: 'moved', fromPageId: pageId, choiceId: null },
      ...{ pageId: nearestOn(walk.path, pages), at: ctx.now },
    }),
  )
  await steps.bulkCreate(moved)
  await ctx.sql(
    `update lesson_walks w set page_id = n.page_id, steps = n.number
       from unnest($1::uuid[], $2::uuid[], $3::int[]) as n(id, page_id, number) where w.id = n.id`,
    [moved.map(one => one.walkId), moved.map(one => one.pageId), moved.map(one => one.number)],
  )
  for (const { accountId } of on) ctx.announce(lessonStaffScope, lesson.id, { kind: 'stepped', body: { accountId } })
}

/** Takes whoever was taken from a page, and has not gone on since, back to it. */
async function bringWalkersBack(ctx: WriteCtx, lesson: LessonRow, pageId: LessonPageId): Promise<void> {
  const back = await ctx.sql<{ accountId: WalkRow['accountId'] }>(
    `with gone as (
       delete from lesson_steps s using lesson_walks w
        where s.walk_id = w.id and w.lesson_id = $1 and s.number = w.steps and s.how = 'moved' and s.from_page_id = $2
       returning s.walk_id)
     update lesson_walks w set page_id = $2, steps = w.steps - 1 from gone where gone.walk_id = w.id
     returning w.account_id as "accountId"`,
    [lesson.id, pageId],
  )
  for (const { accountId } of back) ctx.announce(lessonStaffScope, lesson.id, { kind: 'stepped', body: { accountId } })
}

/** A page of the lesson, also one that was taken out. Throws `not-found`. */
async function anyPage(lesson: LessonRow, pageId: LessonPageId): Promise<LessonPageRow> {
  const row = await lessonPages.findOne({ where: { id: pageId, lessonId: lesson.id }, raw: true })
  if (!row) throw new Problem('not-found')
  return row
}

/** Takes a page out; `restorePage` brings it back as it was. Throws `lesson-traps`. */
export async function removePage(ctx: WriteCtx, { pageId, ...of }: OfLessonPage): Promise<void> {
  const lesson = await holdLesson(of)
  const row = await anyPage(lesson, pageId)
  if (row.removedAt !== null) return
  const gone = { removedAt: ctx.now, removedBy: actorOf(ctx.who), version: row.version + 1 }
  await lessonPages.update(gone, { where: { id: row.id } })
  await moveWalkers(ctx, lesson, pageId)
  await showFiles(ctx, lesson, row.document)
  await told(ctx, 'removed', lesson, row)
}

/** Undoes `removePage`. Throws `not-found`, `too-many`, `lesson-traps`. */
export async function restorePage(ctx: WriteCtx, { pageId, ...of }: OfLessonPage): Promise<void> {
  const lesson = await holdLesson(of)
  const row = await anyPage(lesson, pageId)
  if (row.removedAt === null) return
  const there = await lessonPages.count({ where: { lessonId: lesson.id, removedAt: null } })
  demand(there < mostLessonPages, 'too-many', { params: { most: mostLessonPages } })
  await lessonPages.update({ removedAt: null, removedBy: null, version: row.version + 1 }, { where: { id: row.id } })
  await bringWalkersBack(ctx, lesson, pageId)
  await showFiles(ctx, lesson, row.document)
  await told(ctx, 'restored', lesson, row)
}
