// The rule that SQL which reads other features' tables stands in `queries`, where a change of a table is looked for. Pure:
// takes file texts, answers violations.

import { isTest, type Source, type Violation, withoutComments } from './check-imports.ts'
import { declaredTables } from './check-tables.ts'

const featureOf = (path: string): string | undefined => /^server\/(?:features|integrations)\/[\w-]+/.exec(path)?.[0]

// What an action writes is its own, with whatever must hold at that moment; so is the lock of one row by its id.
const writes = /\b(?:insert\s+into|delete\s+from|update\s+["\w${}.()]+\s+(?:as\s+)?(?:\w+\s+)?set)\b/i
const locksOne = /^\s*select (?:id )?from \w+ where id = \$1 for (?:no key )?(?:update|share)\s*$/i
const named = /\b(?:from|join|using)\s+(?:only\s+)?(\w+)/gi

/** The texts between quotes of a file; what stands in `${}` belongs to the text around it. */
export function literalsOf(text: string): string[] {
  const code = withoutComments(text)
  const found: string[] = []
  for (let at = 0; at < code.length; at++) {
    const quote = code[at] ?? ''
    if (!'\'"`'.includes(quote)) continue
    let end = at + 1
    for (let depth = 0; end < code.length; end++) {
      if (code[end] === '\\') end++
      else if (quote === '`' && code.startsWith('${', end)) depth++
      else if (depth > 0 && code[end] === '}') depth--
      else if (depth === 0 && code[end] === quote) break
      else if (quote !== '`' && code[end] === '\n') break
    }
    found.push(code.slice(at + 1, end))
    at = end
  }
  return found
}

/**
 * A statement that only reads and stands outside `queries`: of another feature's table anywhere, of any table where no
 * `actions` are. And one in `queries` of a table that belongs to a feature further down `order`, which no feature may
 * know. Tests read what they like.
 */
export function checkReads(sources: readonly Source[], order: readonly string[]): Violation[] {
  const owners = new Map(
    declaredTables(sources).flatMap(({ table, path }) => {
      const owner = featureOf(path)
      return owner === undefined ? [] : [[table, owner] as const]
    }),
  )
  return sources.flatMap(({ path, text }) => {
    const feature = featureOf(path)
    const [, part = ''] = /^server\/\w+\/[\w-]+\/(\w+)/.exec(path) ?? []
    if (feature === undefined || isTest(path)) return []
    const wrong = (table: string, literal: string): string | undefined => {
      const owner = owners.get(table)
      if (owner === undefined) return undefined
      if (order.indexOf(owner) > order.indexOf(feature)) return `reads ${table}, a table of ${owner}, which is above it`
      if (part === 'queries') return undefined
      if (part === 'actions' && (owner === feature || writes.test(literal) || locksOne.test(literal))) return undefined
      return `reads ${table}, a table of ${owner}: such SQL stands in queries`
    }
    return literalsOf(text).flatMap(literal =>
      [...literal.matchAll(named)].flatMap(([, table = '']) => {
        const what = wrong(table.toLowerCase(), literal)
        return what === undefined ? [] : [{ path, what }]
      }),
    )
  })
}
