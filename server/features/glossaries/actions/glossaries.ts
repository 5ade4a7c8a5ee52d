// Makes and changes glossaries. Rights were asked by the door.
import { demand, Problem } from '#protocol/base/problems.ts'
import type { CourseId, ModuleId } from '#protocol/courses.ts'
import { type Glossary, glossaryScope } from '#protocol/glossaries.ts'
import { audit } from '#server/features/audit/index.ts'
import { changeItem, courseContext, placeItem } from '#server/features/courses/index.ts'
import type { WriteCtx } from '#server/platform/ctx.ts'
import { newId } from '#server/platform/db/id.ts'
import { detailOf, glossaryKind, glossaryOf, type OfGlossary } from '../queries.ts'
import { type GlossaryRow, glossaries } from '../tables.ts'

/** Writes what became of a glossary or of an entry in it into the trail. */
export const record = (ctx: WriteCtx, verb: string, row: GlossaryRow, details: object = {}) =>
  audit.record(ctx, {
    ...{ verb: `glossary.${verb}`, subject: { kind: 'glossary', id: row.id }, context: courseContext(row.courseId) },
    details: { courseId: row.courseId, title: row.title, ...details },
  })

export interface NewGlossary {
  readonly courseId: CourseId
  readonly moduleId: ModuleId | null
  readonly title: string
  readonly intro: string
  readonly suggestions: boolean
  readonly linking: boolean
  readonly published: boolean
}

/** Makes a glossary at the end of a module. Throws `not-found`. */
export async function createGlossary(
  ctx: WriteCtx,
  { courseId, moduleId, published, title, intro, suggestions, linking }: NewGlossary,
): Promise<Glossary> {
  const row: GlossaryRow = {
    ...{ id: newId<'Glossary'>(), courseId, title, intro, suggestions, linking },
    ...{ version: 0, changedAt: ctx.now },
  }
  await glossaries.create(row)
  await placeItem(ctx, {
    courseId,
    moduleId,
    kind: glossaryKind,
    refId: row.id,
    title,
    published,
    detail: detailOf(row),
  })
  await record(ctx, 'created', row)
  return glossaryOf(row)
}

export interface GlossaryChange extends OfGlossary {
  readonly version: number
  readonly title?: string | undefined
  readonly intro?: string | undefined
  readonly suggestions?: boolean | undefined
  readonly linking?: boolean | undefined
}

/**
 * Changes a glossary that is at the version the writer read, else throws `conflict` with the current one. Throws
 * `not-found`.
 */
export async function changeGlossary(
  ctx: WriteCtx,
  { courseId, glossaryId, version, ...given }: GlossaryChange,
): Promise<Glossary> {
  const row = await glossaries.findOne({ where: { id: glossaryId, courseId }, lock: true, raw: true })
  if (!row) throw new Problem('not-found')
  demand(row.version === version, 'conflict', { params: { current: glossaryOf(row) } })
  const next: GlossaryRow = {
    ...row,
    title: given.title ?? row.title,
    intro: given.intro ?? row.intro,
    suggestions: given.suggestions ?? row.suggestions,
    linking: given.linking ?? row.linking,
    version: version + 1,
    changedAt: ctx.now,
  }
  await glossaries.update(next, { where: { id: glossaryId } })
  await changeItem(ctx, { kind: glossaryKind, refId: glossaryId, title: next.title, detail: detailOf(next) })
  await record(ctx, 'changed', next, { before: { title: row.title }, after: { title: next.title } })
  ctx.announce(glossaryScope, glossaryId, { kind: 'changed', body: {} })
  return glossaryOf(next)
}
