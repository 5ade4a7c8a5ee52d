// The rule that SQL which reads other features' tables stands in `queries`, where a change of a table is looked for. Pure:
// takes file texts, answers violations.

import { isTest, type Source, type Violation, withoutComments } from './check-imports.ts'
import { declaredTables } from './check-tables.ts'

const featureOf = (path: string): string | undefined => /^server\/(?:features|integrations)\/[\w-]+/.exec(path)?.[0]

// What an action writes is its own, with whatever must hold at that moment; so is the lock of one row by its id.
const writes = /\b(?:insert\s+into|delete\s+from|update\s+["\w${}.()]+\s+(?:as\s+)?(?:\w+\s+)?set)\b/i
const locksOne = /^\s*select (?:id )?from \w+ where id = \$1 for (?:no key )?(?:update|share)\s*$/i
const source = String.raw`\w+(?:\s*\([^()]*\))?(?:\s+(?:as\s+)?\w+(?:\([^()]*\))?)?`
const lists = new RegExp(
  String.raw`\b(?:from|join|using)\s+(?:only\s+)?(${source}(?:\s*,\s*(?:lateral\s+)?${source})*)`,
  'gi',
)

/** The names a statement reads from: after `from`, `join` and `using`, and after the commas there. */
const namesIn = (statement: string): string[] =>
  [...statement.matchAll(lists)].flatMap(([, list = '']) =>
    list
      .replace(/\([^()]*\)/g, '')
      .split(',')
      .map(
        one =>
          one
            .trim()
            .replace(/^lateral\s+/i, '')
            .split(/\s/)[0]
            ?.toLowerCase() ?? '',
      ),
  )

// Where a value may begin, a slash begins a regular expression; what stands in it is no quote.
const beforeRegex = /(?:^|[(,=:[!&|?{};+\n]|=>|\breturn|\btypeof)\s*$/
const regex = /\/(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\[\n])+\//y

/** Where the regular expression that begins at `at` ends; undefined when none does. */
function regexEnd(code: string, at: number): number | undefined {
  if (code[at] !== '/' || !beforeRegex.test(code.slice(Math.max(0, at - 40), at))) return undefined
  regex.lastIndex = at
  return regex.test(code) ? regex.lastIndex : undefined
}

/** The texts between quotes of a file; what stands in `${}` belongs to the text around it. */
export function literalsOf(text: string): string[] {
  const code = withoutComments(text)
  const found: string[] = []
  for (let at = 0; at < code.length; at++) {
    const quote = code[at] ?? ''
    const past = regexEnd(code, at)
    if (past !== undefined) at = past - 1
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

interface Call {
  readonly model: string
  readonly call: string
}

const modelCalls = /\b(\w+)\.((?:find(?:All|One|ByPk|AndCountAll)|count|max|min|sum)\([^\n]*)/g

/** Every model that a file reads from, its own or one it imports: as `feature.model`, with the text of the call. */
function callsOf(text: string, feature: string): Call[] {
  const code = withoutComments(text)
  const models = new Map<string, string>()
  for (const [, names = '', from = ''] of code.matchAll(/import\s*\{([^}]*)\}\s*from\s*'([^']+)'/g)) {
    const owner = from.startsWith('.') ? feature : featureOf(from.replace(/^#/, ''))
    for (const name of names.split(',').map(one => one.trim())) {
      const [model = '', local = model] = name.split(/\s+as\s+/)
      if (owner !== undefined && model !== '') models.set(local, `${owner}.${model}`)
    }
  }
  return [...code.matchAll(modelCalls)].flatMap(([, local = '', call = '']) => {
    const model = models.get(local)
    return model === undefined ? [] : [{ model, call }]
  })
}

/** Tables by the models that declare them, as `feature.model`. */
const modelTables = (sources: readonly Source[]): ReadonlyMap<string, string> =>
  new Map(
    sources.flatMap(({ path, text }) => {
      const feature = featureOf(path)
      return [...text.matchAll(/export const (\w+) = table<[^(]*>\(\s*'(\w+)'/g)].map(
        ([, model, table]) => [`${feature}.${model}`, table ?? ''] as const,
      )
    }),
  )

/**
 * A statement, or a call of a model, that only reads and stands outside `queries`: of another feature's table anywhere, of any table where no
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
  const models = modelTables(sources)
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
    const read = [
      ...literalsOf(text).flatMap(literal => namesIn(literal).map(table => ({ table, literal }))),
      ...callsOf(text, feature).map(({ model, call }) => ({ table: models.get(model) ?? '', literal: call })),
    ]
    return read.flatMap(({ table, literal }) => {
      const what = wrong(table, literal)
      return what === undefined ? [] : [{ path, what }]
    })
  })
}
