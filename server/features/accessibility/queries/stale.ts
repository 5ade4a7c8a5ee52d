// What is to be looked at anew: pages and files whose stamp is another than that of their findings. Changes nothing.
import type { CheckedKind } from '#protocol/accessibility.ts'
import type { PageDocument } from '#protocol/content/document.ts'
import type { CourseId } from '#protocol/courses.ts'
import type { Ctx } from '#server/platform/ctx.ts'

interface Stale {
  readonly courseId: CourseId
  readonly refId: string
  readonly stamp: string
}

export interface StalePage extends Stale {
  readonly kind: Extract<CheckedKind, 'page'>
  readonly document: PageDocument | null
  readonly body: string
}

export interface StaleFile extends Stale {
  readonly kind: Extract<CheckedKind, 'file'>
  readonly form: string
  readonly captions: number
  readonly why: string | null
}

/** Pages that changed since they were looked at; of one course, or of all. */
export async function stalePages(ctx: Ctx, courseId: string | null, most: number): Promise<StalePage[]> {
  return ctx.sql<StalePage>(
    `select 'page' as kind, p.id as "refId", p.course_id as "courseId", p.version::text as stamp, p.document, p.body
       from pages p left join findings_checks c on c.kind = 'page' and c.ref_id = p.id
      where ($1::uuid is null or p.course_id = $1) and c.stamp is distinct from p.version::text
      order by p.id limit $2`,
    [courseId, most],
  )
}

/** Films, sounds and PDFs that changed since they were looked at: their bytes, captions, or what was read of them. */
export async function staleFiles(ctx: Ctx, courseId: string | null, most: number): Promise<StaleFile[]> {
  return ctx.sql<StaleFile>(
    `select 'file' as kind, f.id as "refId", f.course_id as "courseId", s.stamp, f.form, said.captions, t.why
       from files f
       join file_versions v on v.file_id = f.id and v.number = f.number
       left join file_texts t on t.blob_id = v.blob_id
       cross join lateral (select count(*)::int as captions from captions a where a.file_id = f.id) said
       cross join lateral (select concat_ws(' ', f.number, f.form, said.captions, t.why) as stamp) s
       left join findings_checks c on c.kind = 'file' and c.ref_id = f.id
      where f.removed_at is null and f.form in ('video', 'audio', 'pdf')
        and ($1::uuid is null or f.course_id = $1) and c.stamp is distinct from s.stamp
      order by f.id limit $2`,
    [courseId, most],
  )
}
