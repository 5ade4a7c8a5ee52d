// What courses themselves are found by: their names, what stands in them under a title, the people in them; and whether
// a thing is placed where a reader sees it, for the features that own what is placed.
import type { Reader } from './reader.ts'
import type { SearchSource, Value } from './sources.ts'

/**
 * SQL: whether item `i` stands in its course for the reader: for everybody when it is out and open to them, for those who
 * change the course, or that item, in any case. Removed with its module it is there for nobody. Things for some alone, and what is
 * hidden until it opens, are found by staff.
 */
export const standsFor = (reader: Reader, value: Value): string => `(
  i.removed_at is null and not exists (select from modules m where m.id = i.module_id and m.removed_at is not null)
  and (i.course_id = any(${value(reader.where('course.view', 'content.change'))}::uuid[]) or i.id = any(${value(reader.changes)}::uuid[])
    or (i.published and i.audience = 'everybody' and not i.hidden and i.id <> all(${value(reader.shut)}::uuid[])
      and not exists (select from modules m where m.id = i.module_id and m.hidden) and i.course_id = any(${value(reader.where('course.view'))}::uuid[]))))`

export const courseSource: SearchSource = {
  kinds: ['course'],
  findable: (_ctx, reader, value) => ({ where: `e.ref_id = any(${value(reader.where('course.view'))}::uuid[])` }),
}

export const itemSource: SearchSource = {
  kinds: ['item'],
  findable: (_ctx, reader, value) => ({
    where: `exists (select from items i where i.id = e.ref_id and ${standsFor(reader, value)})`,
    place: `(select json_build_object('item', json_build_object('kind', i.kind, 'refId', i.ref_id, 'badge', i.badge))
      from items i where i.id = e.ref_id)`,
  }),
}

export const personSource: SearchSource = {
  kinds: ['person'],
  findable: (_ctx, reader, value) => {
    const met = `from enrolments n join courses c on c.id = n.course_id
      where n.account_id = e.ref_id and n.ended_at is null
        and n.course_id = any(${value(reader.where('course.view', 'course.view-people'))}::uuid[])`
    return {
      where: `e.ref_id <> ${value(reader.accountId)}::uuid and exists (select ${met})`,
      place: `(select json_build_object('course', json_build_object('id', c.id, 'title', c.title)) ${met}
        order by c.title, c.id limit 1)`,
    }
  },
}
