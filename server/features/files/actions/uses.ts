// Who shows a file: a thing of another feature, such as a page. Whoever may read that thing may read the file with it.
import type { CourseId } from '#protocol/courses.ts'
import type { WriteCtx } from '#server/platform/ctx.ts'
import { filesOfCourse } from '../queries/files.ts'

/**
 * Writes down which files a thing shows now, in place of what it showed before. Files of other courses are left out: to
 * name one opens nothing.
 */
export async function setFileUses(
  ctx: WriteCtx,
  { courseId, kind, refId, fileIds }: { courseId: CourseId; kind: string; refId: string; fileIds: readonly string[] },
): Promise<void> {
  const known = (await filesOfCourse(courseId, fileIds)).map(row => row.id)
  await ctx.sql('delete from file_uses where kind = $1 and ref_id = $2 and file_id <> all($3::uuid[])', [
    kind,
    refId,
    known,
  ])
  await ctx.sql(
    `insert into file_uses (file_id, kind, ref_id) select id, $1, $2::uuid from unnest($3::uuid[]) as id
     on conflict do nothing`,
    [kind, refId, known],
  )
}

/** Writes down which files things show that are new in a course; files of other courses are left out. One statement. */
export async function addFileUses(
  ctx: WriteCtx,
  {
    courseId,
    kind,
    shown,
  }: {
    readonly courseId: CourseId
    readonly kind: string
    readonly shown: readonly { readonly refId: string; readonly fileId: string }[]
  },
): Promise<void> {
  await ctx.sql(
    `insert into file_uses (file_id, kind, ref_id)
     select f.id, $2, o.ref_id from unnest($3::uuid[], $4::uuid[]) as o(file_id, ref_id)
       join files f on f.id = o.file_id and f.course_id = $1
     on conflict do nothing`,
    [courseId, kind, shown.map(one => one.fileId), shown.map(one => one.refId)],
  )
}
