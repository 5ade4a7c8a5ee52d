// What the bin of a course holds: what is told before it goes for good, and what goes next. Changes nothing.
import type { CourseId } from '#protocol/courses.ts'
import type { BinContents, FileId, FolderId } from '#protocol/files.ts'
import type { Ctx } from '#server/platform/ctx.ts'

/** Which of it: one file or folder, or what came into it until then; all of it where nothing is said. */
interface Which {
  readonly folderId?: FolderId | undefined
  readonly fileId?: FileId | undefined
  readonly until?: Date | undefined
}

/** How much there is, a removed folder with all it holds. One query. */
export async function countBin(
  ctx: Ctx,
  courseId: CourseId,
  { folderId, fileId, until }: Which = {},
): Promise<BinContents> {
  const [row] = await ctx.sql<{ files: number; folders: number; bytes: string; shown_in: number; until: Date | null }>(
    `with recursive gone(id, removed_at) as (
       select id, removed_at from folders
        where course_id = $1 and removed_at is not null and $3::uuid is null and ($2::uuid is null or id = $2)
          and ($4::timestamptz is null or removed_at <= $4)
       union select f.id, g.removed_at from folders f join gone g on f.folder_id = g.id
     ), lost as (
       select id, removed_at from files
        where course_id = $1 and (folder_id in (select id from gone)
          or removed_at is not null and $2::uuid is null and ($3::uuid is null or id = $3)
            and ($4::timestamptz is null or removed_at <= $4))
     )
     select (select count(*)::int from lost) as files,
            (select count(distinct id)::int from gone) as folders,
            (select coalesce(sum(size), 0) from (
               select distinct on (v.file_id, v.blob_id) v.size from file_versions v where v.file_id in (select id from lost)
             ) v) as bytes,
            (select count(distinct (u.kind, u.ref_id))::int from file_uses u where u.file_id in (select id from lost)) as shown_in,
            greatest((select max(removed_at) from gone), (select max(removed_at) from lost)) as until`,
    [courseId, folderId ?? null, fileId ?? null, until ?? null],
  )
  return {
    files: row?.files ?? 0,
    folders: row?.folders ?? 0,
    bytes: Number(row?.bytes ?? 0),
    shownIn: row?.shown_in ?? 0,
    until: row?.until ? new Date(row.until).toISOString() : null,
  }
}

/** The file or folder that came into the bin first, of what came until then; folders after files. */
export async function nextInBin(
  ctx: Ctx,
  courseId: CourseId,
  until: Date,
): Promise<{ kind: 'file' | 'folder'; id: string } | undefined> {
  const [row] = await ctx.sql<{ kind: 'file' | 'folder'; id: string }>(
    `(select 'file' as kind, id from files where course_id = $1 and removed_at <= $2 order by removed_at limit 1)
     union all
     (select 'folder', id from folders where course_id = $1 and removed_at <= $2 order by removed_at limit 1)
     limit 1`,
    [courseId, until],
  )
  return row
}
