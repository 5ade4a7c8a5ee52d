// Where somebody may find what was said: the channels they may read, whoever answers for them. A topic that waits is found
// by nobody, a hidden one by those who moderate, and who wrote without a name is never told.
import type { SearchSource } from '#server/features/search/index.ts'
import { readableContexts } from './context.ts'

const author = (of: string) =>
  `(select case when ${of}.alias_id is null then a.name end from accounts a where a.id = ${of}.author_id)`

export const talkSource: SearchSource = {
  kinds: ['message', 'topic', 'post'],
  findable: async (ctx, reader, value) => {
    const contexts = await readableContexts(ctx, reader)
    const rows = await ctx.sql<{ id: string; moderated: boolean }>(
      `select c.id, r.moderated from unnest($1::text[], $2::uuid[], $3::boolean[]) as r(kind, id, moderated)
       join channels c on c.context_kind = r.kind and c.context_id = r.id`,
      [contexts.map(one => one.kind), contexts.map(one => one.contextId), contexts.map(one => one.moderates)],
    )
    const read = value(rows.map(row => row.id))
    const moderated = value(rows.filter(row => row.moderated).map(row => row.id))
    const stands = `(t.standing in ('shown', 'merged') or (t.standing = 'hidden' and t.channel_id = any(${moderated}::uuid[])))`
    return {
      where: `e.place_id = any(${read}::uuid[]) and case e.kind
        when 'topic' then exists (select from topics t where t.id = e.ref_id and ${stands})
        when 'post' then exists (select from messages m join topics t on t.id = m.topic_id
          where m.id = e.ref_id and m.number is not null and ${stands})
        else true end`,
      place: `case e.kind
        when 'topic' then (select json_build_object('author', ${author('t')}) from topics t where t.id = e.ref_id)
        when 'post' then (select json_build_object('author', ${author('m')}, 'number', m.number,
            'topic', json_build_object('id', t.id, 'title', t.title))
          from messages m join topics t on t.id = m.topic_id where m.id = e.ref_id)
        else (select json_build_object('author', ${author('m')}, 'number', m.number,
            'channel', json_build_object('id', c.id, 'form', c.form, 'title', c.title,
              'ofCourse', c.context_kind = 'course'))
          from messages m join channels c on c.id = m.channel_id where m.id = e.ref_id)
        end`,
    }
  },
}
