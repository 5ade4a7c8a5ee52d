// Bugs planted on purpose, in the harness and never in the product: each must be seen by the history checker, or its
// silence means nothing.
import type { FaultRow } from './fault.ts'
import type { Pupil } from './pupil.ts'
import type { School } from './school.ts'

export interface Plant {
  readonly name: string
  readonly what: string
  /** Before the storm. */
  readonly pupil?: (pupil: Pupil) => void
  /** After the storm, before the history is gathered. */
  readonly database?: (school: School) => Promise<unknown>
  /** Whether the report shows this bug, and not only that something is wrong. */
  readonly seen: (row: FaultRow) => boolean
}

export const plants: readonly Plant[] = [
  {
    name: 'drop',
    what: 'one committed row of an acknowledged answer is removed',
    database: ({ store, pupils }) => {
      const given = pupils[0]?.operations.findLast(one => one.kind === 'answer' && one.receipt !== null)
      return store.query('delete from responses where operation = $1', [given?.operation])
    },
    seen: row => row.lost === 1,
  },
  {
    name: 'early',
    what: 'writes are acknowledged when they are sent, not when they are committed',
    pupil: pupil => {
      pupil.acknowledging = 'at once'
    },
    seen: row => row.lost > 0,
  },
  {
    name: 'double',
    what: 'one message is written twice',
    database: ({ store }) =>
      store.query(
        `insert into messages (id, channel_id, number, author_id, text, sent_at)
         select gen_random_uuid(), channel_id, number + 1, author_id, text, sent_at
         from messages order by number desc limit 1`,
      ),
    seen: row => row.doubled === 1,
  },
  {
    name: 'hole',
    what: 'one event is missing from the log',
    database: ({ store, classroom }) =>
      store.query('delete from events where scope = $1 and seq = 5', [`channel:${classroom.run.channelId}`]),
    seen: row => row.violations.some(one => one.includes('the log has 6 where 5 belongs')),
  },
]
