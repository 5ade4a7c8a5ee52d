// The words of files as they are read. Changes nothing; asks no rights.
import { type FileId, type FileText, shownText } from '#protocol/files.ts'
import type { Ctx } from '#server/platform/ctx.ts'
import { hasWords } from '../rules/words.ts'
import type { FileRow } from '../tables.ts'

/** What was read of a file, as far as it is shown. */
export async function textOf(ctx: Ctx, row: Pick<FileRow, 'id' | 'number' | 'type'>): Promise<FileText> {
  const [found] = await ctx.sql<{ text: string; length: number }>(
    `select left(t.text, ${shownText}) as text, length(t.text) as length from file_versions v
       join file_texts t on t.blob_id = v.blob_id where v.file_id = $1 and v.number = $2`,
    [row.id, row.number],
  )
  if (!found) return { state: hasWords(row.type) ? 'waiting' : 'none', text: '', more: false }
  return { state: found.length > 0 ? 'read' : 'none', text: found.text, more: found.length > shownText }
}

export interface Bytes {
  readonly blobId: string
  readonly type: string
  readonly size: string
}

/** Bytes that a file shows and nobody has read; of those whose type has words. Some at a time, the oldest first. */
export async function listUnread(
  ctx: Ctx,
  { after, most }: { readonly after: string | null; readonly most: number },
): Promise<Bytes[]> {
  const rows = await ctx.sql<Bytes>(
    `select distinct v.blob_id as "blobId", v.type, v.size from files f
       join file_versions v on v.file_id = f.id and v.number = f.number
      where ($1::uuid is null or v.blob_id > $1) and (v.type like 'text/%' or v.type like 'application/%')
        and not exists (select from file_texts t where t.blob_id = v.blob_id)
      order by v.blob_id limit $2`,
    [after, most],
  )
  return rows
}

/** The files that show these bytes now. */
export const filesShowing = (ctx: Ctx, blobId: string): Promise<{ id: FileId; courseId: string }[]> =>
  ctx.sql<{ id: FileId; courseId: string }>(
    `select f.id, f.course_id as "courseId" from files f
       join file_versions v on v.file_id = f.id and v.number = f.number where v.blob_id = $1 order by f.course_id, f.id`,
    [blobId],
  )
