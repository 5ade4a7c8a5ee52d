// Who finds a file: staff every one that is in no bin, everybody else what something shows them. Changes nothing.
import { type SearchSource, standsFor } from '#server/features/search/index.ts'
import { fileKind, folderKind } from './files.ts'

/** SQL: whether the folder of file `f` is in the bin, or one above it. */
export const inBin = `exists (
  with recursive up as (
    select d.folder_id, d.removed_at from folders d where d.id = f.folder_id
    union all
    select d.folder_id, d.removed_at from folders d join up on d.id = up.folder_id
  ) select from up where removed_at is not null)`

/** SQL: the folders around file `f`, as far as none of them is in the bin. */
const around = `(
  with recursive up as (
    select d.id, d.folder_id from folders d where d.id = f.folder_id and d.removed_at is null
    union
    select d.id, d.folder_id from folders d join up on d.id = up.folder_id where d.removed_at is null
  ) select id from up)`

export const fileSource: SearchSource = {
  kinds: ['file'],
  findable: (_ctx, reader, value) => ({
    where: `exists (select from files f where f.id = e.ref_id and f.removed_at is null and (
      (f.course_id = any(${value(reader.where('content.change'))}::uuid[]) and not ${inBin})
      or exists (select from items i where i.course_id = f.course_id
        and ((i.kind = '${fileKind}' and i.ref_id = f.id)
          or (i.kind = '${folderKind}' and i.ref_id in ${around})
          or (i.kind, i.ref_id) in (select u.kind, u.ref_id from file_uses u where u.file_id = f.id))
        and ${standsFor(reader, value)})))`,
  }),
}
