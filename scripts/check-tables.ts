// The rule that `tables` is the schema: every table that the migrations leave is declared once as a model, with the
// table's very columns, in the `tables` of a feature or of the platform. Pure: takes file texts, answers violations.

import { columnsOf, inside } from './check-accounts.ts'
import { isTest, type Source, type Violation, withoutComments } from './check-imports.ts'

/** A model as it is declared: its table, its columns by their names in the database, and the file it stands in. */
export interface Declared {
  table: string
  columns: readonly string[]
  path: string
}

const isTables = (path: string): boolean =>
  /^server\/(?:features|integrations|platform)\/[\w-]+\/tables(?:\.ts$|\/)/.test(path) && !isTest(path)

// The names before a colon on the first level of an object's text.
function keysOf(object: string): string[] {
  let level = object
  for (let flat = ''; flat !== level; ) {
    flat = level
    level = level.replace(/\{[^{}]*\}|\([^()]*\)|\[[^[\]]*\]/g, '')
  }
  return [...level.matchAll(/(\w+)\s*:/g)].map(found => found[1] ?? '')
}

const underscored = (name: string): string => name.replace(/[A-Z]/g, letter => `_${letter.toLowerCase()}`)

/** Every model that the `tables` files declare. */
export function declaredTables(sources: readonly Source[]): Declared[] {
  return sources
    .filter(({ path }) => isTables(path))
    .flatMap(({ path, text }) => {
      const code = withoutComments(text)
      return [...code.matchAll(/\btable<[^(]*>\(\s*'(\w+)',\s*\{/g)].map(({ index, 0: head, 1: name = '' }) => ({
        table: name,
        columns: keysOf(inside(code, index + head.length - 1)).map(underscored),
        path,
      }))
    })
}

/** The current schema, table by table, from the texts of the migrations. */
export function schemaOf(sources: readonly Source[]): ReadonlyMap<string, readonly string[]> {
  const migrations = sources
    .filter(({ path }) => /^server\/migrations\/\d{4}-[\w-]+\.ts$/.test(path))
    .sort((a, b) => (a.path < b.path ? -1 : 1))
  const tables = new Map<string, string[]>()
  for (const address of columnsOf(migrations.map(({ text }) => text)).keys()) {
    const [name = '', column = ''] = address.split('.')
    tables.set(name, [...(tables.get(name) ?? []), column])
  }
  return tables
}

/** A table without a model, a model without a table or declared twice, and columns that are on one side only. */
export function checkTables(sources: readonly Source[]): Violation[] {
  const schema = schemaOf(sources)
  const declared = declaredTables(sources)
  const violations: Violation[] = []
  for (const name of schema.keys())
    if (!declared.some(one => one.table === name))
      violations.push({ path: 'server/migrations', what: `the table ${name} is a model in no feature's tables` })
  for (const [at, { table, columns, path }] of declared.entries()) {
    const real = schema.get(table)
    if (real === undefined) violations.push({ path, what: `declares ${table}, which the migrations do not make` })
    if (declared.findIndex(one => one.table === table) < at) violations.push({ path, what: `declares ${table} again` })
    if (real === undefined) continue
    for (const column of real.filter(one => !columns.includes(one)))
      violations.push({ path, what: `the model of ${table} lacks its column ${column}` })
    for (const column of columns.filter(one => !real.includes(one)))
      violations.push({ path, what: `the model of ${table} has ${column}, which is no column of it` })
  }
  return violations
}
