// Templates as whoever may use them finds them: judged one by one by the law of their places. Changes nothing.
import type { Page } from '#protocol/base/paging.ts'
import { Problem } from '#protocol/base/problems.ts'
import { type CourseTemplate, mostTemplates } from '#protocol/courses/templates.ts'
import type { CourseId } from '#protocol/courses.ts'
import type { DepartmentId } from '#protocol/organisation.ts'
import { may, mayEach } from '#server/features/access/index.ts'
import { accountOf, type Ctx } from '#server/platform/ctx.ts'
import { readKeyset } from '#server/platform/db/keyset.ts'
import { containing } from '#server/platform/db/like.ts'
import { courses } from '../tables.ts'
import { courseContext } from './course.ts'
import { type ListInput, pageFrom } from './lists.ts'

interface TemplateRow {
  id: CourseId
  title: string
  short_name: string
  summary: string
  time_zone: string
  department_id: DepartmentId | null
  department: string | null
  sort: string
}

const templateOf = (row: TemplateRow): CourseTemplate => ({
  id: row.id,
  title: row.title,
  shortName: row.short_name,
  summary: row.summary,
  timeZone: row.time_zone,
  department: row.department_id === null ? null : { id: row.department_id, name: row.department ?? '' },
})

/** Whether this is a template that `ctx.who` may begin a course from. */
export const mayUseTemplate = async (ctx: Ctx, courseId: CourseId): Promise<boolean> =>
  (await courses.count({ where: { id: courseId, template: true, removedAt: null } })) > 0 &&
  (await may(ctx, 'course.use-template', courseContext(courseId), 'reading'))

/** The templates that the caller may use; of somebody supposed those alone that whoever looks on may use, too. */
async function usable(ctx: Ctx): Promise<CourseId[]> {
  const rows = await courses.findAll({
    where: { template: true, removedAt: null },
    attributes: ['id'],
    order: [['id', 'asc']],
    limit: mostTemplates,
    raw: true,
  })
  const people = [ctx.who, ctx.behind].flatMap(one => (one === undefined ? [] : accountOf(one)))
  const asked = rows.flatMap(({ id }) => people.map(accountId => ({ accountId, context: courseContext(id) })))
  const law = await mayEach(ctx, asked)
  return rows
    .map(row => row.id)
    .filter(id => people.every(accountId => law({ accountId, context: courseContext(id) }, 'course.use-template')))
}

const templatesWhere = (condition: string) => `
  select c.id, c.title, c.short_name, c.summary, c.time_zone, c.department_id, d.name as department, lower(c.title) as sort
    from courses c left join departments d on d.id = c.department_id
   where ${condition}`

/** Templates the caller may use, by title. Four queries. Throws `malformed` for a cursor that is none. */
export async function listTemplates(ctx: Ctx, input: ListInput): Promise<Page<CourseTemplate>> {
  const after = readKeyset(input.after)
  const ids = await usable(ctx)
  const rows = await ctx.sql<TemplateRow>(
    `${templatesWhere('c.id = any($1::uuid[])')}
        and ($2::text is null or c.title ilike $2 or c.short_name ilike $2)
        and ($3::text is null or (lower(c.title), c.id) > ($3, $4::uuid))
      order by lower(c.title), c.id limit $5`,
    [ids, containing(input.search), after?.[0] ?? null, after?.[1] ?? null, input.limit + 1],
  )
  return pageFrom(rows, input.limit, templateOf)
}

/** One of them. Throws `not-found`, also for one that the caller may not use. */
export async function getTemplate(ctx: Ctx, courseId: CourseId): Promise<CourseTemplate> {
  if (!(await mayUseTemplate(ctx, courseId))) throw new Problem('not-found')
  const [row] = await ctx.sql<TemplateRow>(templatesWhere('c.id = $1'), [courseId])
  if (!row) throw new Problem('not-found')
  return templateOf(row)
}
