// Whose grades would be others, as a preview tells it. Changes nothing and asks no rights.
import { tenThousandths } from '#protocol/base/decimal.ts'
import type { GradeChanges } from '#protocol/grades.ts'
import type { Ctx } from '#server/platform/ctx.ts'
import { namesOf } from './correction.ts'
import type { OtherGrade } from './marked.ts'

/** How many people a preview names; it counts all of them. */
const mostNamed = 200

type Way = 'up' | 'down' | 'added' | 'removed'

function wayOf({ before, after }: OtherGrade): Way {
  if (before === null) return 'added'
  if (after === null) return 'removed'
  return tenThousandths(after) > tenThousandths(before) ? 'up' : 'down'
}

/** Counts the people, each once for each way, and names the first of them. One query. */
export async function changesOf(ctx: Ctx, others: readonly OtherGrade[]): Promise<GradeChanges> {
  const ways: Record<Way, Set<string>> = { up: new Set(), down: new Set(), added: new Set(), removed: new Set() }
  for (const one of others) ways[wayOf(one)].add(one.accountId)
  const people = [...new Set(others.map(one => one.accountId))].slice(0, mostNamed)
  const names = await namesOf(ctx, people)
  return {
    ...{ up: ways.up.size, down: ways.down.size, added: ways.added.size, removed: ways.removed.size },
    changes: others.flatMap(one => {
      const name = names.get(one.accountId)
      return name === undefined ? [] : [{ ...one, name }]
    }),
  }
}
