// What is to be looked at anew: texts and files whose stamp is another than that of their findings. Changes nothing.
import type { CheckedKind } from '#protocol/accessibility.ts'
import type { PageDocument } from '#protocol/content/document.ts'
import type { CourseId } from '#protocol/courses.ts'
import type { Ctx } from '#server/platform/ctx.ts'

interface Stale {
  readonly courseId: CourseId
  readonly refId: string
  readonly stamp: string
}

export interface StaleText extends Stale {
  readonly kind: Exclude<CheckedKind, 'file'>
  readonly document: PageDocument | null
  readonly body: string
}

export interface StaleFile extends Stale {
  readonly kind: Extract<CheckedKind, 'file'>
  readonly form: string
  readonly captions: number
  readonly why: string | null
}

// Where texts are kept that learners read: as `p`, and the course each is in.
const texts: Readonly<
  Record<StaleText['kind'], { readonly from: string; readonly course: string; readonly body: string }>
> = {
  page: { from: 'pages p', course: 'p.course_id', body: 'p.body' },
  'lesson-page': {
    from: 'lesson_pages p join lessons l on l.id = p.lesson_id and p.removed_at is null',
    ...{ course: 'l.course_id', body: 'p.body' },
  },
  'glossary-entry': {
    from: `glossary_entries p join glossaries g on g.id = p.glossary_id and p.removed_at is null and p.state = 'shown'`,
    ...{ course: 'g.course_id', body: 'p.body' },
  },
  assignment: { from: 'assignments p', course: 'p.course_id', body: "''" },
}

const staleOf = ([kind, { from, course, body }]: [string, (typeof texts)[StaleText['kind']]]): string =>
  `(select '${kind}' as kind, p.id as "refId", ${course} as "courseId", p.version::text as stamp, p.document, ${body} as body
      from ${from} left join findings_checks c on c.kind = '${kind}' and c.ref_id = p.id
     where ($1::uuid is null or ${course} = $1) and c.stamp is distinct from p.version::text
     order by p.id limit $2)`

/** Texts that changed since they were looked at; of one course, or of all: at most so many of each kind. */
export async function staleTexts(ctx: Ctx, courseId: string | null, most: number): Promise<StaleText[]> {
  return ctx.sql<StaleText>(Object.entries(texts).map(staleOf).join('\nunion all '), [courseId, most])
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
