// The rule that nobody's data is forgotten: every column that names an account must be answered for by the
// account hooks (export, erase, merge) of a feature. Pure.
//
// How it knows: the migrations are read as text. A column names an account when it references accounts, or when
// it is a uuid without another reference whose name says so (author, owner_id, removed_by ...). The features list
// the columns they answer for as 'table.column' in `account: { columns: [...] }`; both lists must be the same.

import { isTest, type Source, type Violation } from './check-imports.ts'

const saysAccount =
  /^(\w+_)?(account|author|owner|actor|user|person|member|learner|student|teacher|instructor|grader|sender|recipient|guest|host|inviter)(_id)?$|_by$/

/** The text between a bracket, at `open`, and its partner. */
export const inside = (text: string, open: number): string => {
  let depth = 0
  for (let at = open; at < text.length; at++) {
    if (text[at] === '(' || text[at] === '{') depth++
    if ((text[at] === ')' || text[at] === '}') && --depth === 0) return text.slice(open + 1, at)
  }
  return text.slice(open + 1)
}

const parts = (text: string): string[] => {
  const found: string[] = []
  let depth = 0
  let from = 0
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '(') depth++
    if (text[at] === ')') depth--
    if (text[at] === ',' && depth === 0) {
      found.push(text.slice(from, at))
      from = at + 1
    }
  }
  return [...found, text.slice(from)].map(part => part.trim())
}

const namesAccount = (column: string, definition: string): boolean => {
  const reference = /\breferences\s+"?(\w+)/i.exec(definition)?.[1]?.toLowerCase()
  if (reference !== undefined) return reference === 'accounts'
  return /^uuid\b/i.test(definition) && saysAccount.test(column)
}

const constraint = /^(primary|unique|foreign|check|constraint|exclude|like)\b/i

/** Every column of the current schema as `table.column`, with whether it names an account. `migrations` in order. */
export function columnsOf(migrations: readonly string[]): ReadonlyMap<string, boolean> {
  const columns = new Map<string, boolean>()
  const note = (table: string, definition: string): void => {
    const [, column, rest] = /^"?(\w+)"?\s+([\s\S]*)$/.exec(definition) ?? []
    if (column === undefined || rest === undefined || constraint.test(definition)) return
    columns.set(`${table}.${column.toLowerCase()}`, namesAccount(column.toLowerCase(), rest))
  }
  const statements =
    /\bcreate\s+(?:unlogged\s+)?table\s+(?:if\s+not\s+exists\s+)?"?(\w+)"?\s*(\()|\balter\s+table\s+(?:only\s+)?"?(\w+)"?\s+([^;`]*)|\bdrop\s+table\s+(?:if\s+exists\s+)?"?(\w+)/gi
  for (const text of migrations) {
    const sql = text.replace(/--[^\n]*/g, '')
    for (const match of sql.matchAll(statements)) {
      const [whole, created, , altered, changes, dropped] = match
      if (created !== undefined) {
        for (const part of parts(inside(sql, match.index + whole.length - 1))) note(created.toLowerCase(), part)
      } else if (altered !== undefined) {
        for (const part of parts(changes ?? '')) {
          const added = /^add\s+(?:column\s+)?(?:if\s+not\s+exists\s+)?([\s\S]*)$/i.exec(part)?.[1]
          if (added !== undefined) note(altered.toLowerCase(), added)
          const gone = /^drop\s+column\s+(?:if\s+exists\s+)?"?(\w+)/i.exec(part)?.[1]
          if (gone !== undefined) columns.delete(`${altered.toLowerCase()}.${gone.toLowerCase()}`)
        }
      } else if (dropped !== undefined) {
        for (const column of columns.keys()) if (column.startsWith(`${dropped.toLowerCase()}.`)) columns.delete(column)
      }
    }
  }
  return columns
}

/** The columns that name an account, as `table.column`. */
export const accountColumns = (migrations: readonly string[]): string[] =>
  [...columnsOf(migrations)].flatMap(([column, account]) => (account ? [column] : [])).sort()

/** Columns no feature answers for, and answers for columns that are not there. Nothing before there are accounts. */
export function checkAccounts(sources: readonly Source[]): Violation[] {
  const migrations = sources.filter(({ path }) => /^server\/migrations\/\d{4}-[\w-]+\.ts$/.test(path))
  const features = sources.filter(({ path }) => /^server\/(features|integrations)\//.test(path) && !isTest(path))
  if (!features.some(({ path }) => path.startsWith('server/features/accounts/'))) return []
  const texts = [...migrations].sort((a, b) => (a.path < b.path ? -1 : 1)).map(({ text }) => text)
  const schema = columnsOf(texts)
  const answered = new Map<string, string>()
  for (const { path, text } of features) {
    for (const [, list] of text.matchAll(/\bcolumns\s*:\s*\[([^\]]*)\]/g)) {
      for (const [, column] of (list ?? '').matchAll(/['"](\w+\.\w+)['"]/g))
        if (column !== undefined) answered.set(column, path)
    }
  }
  const violations: Violation[] = accountColumns(texts)
    .filter(column => !answered.has(column))
    .map(column => ({
      path: 'server/migrations',
      what: `${column} names an account, and no feature's account hooks list it: export, erase and merge would forget it`,
    }))
  for (const [column, path] of answered) {
    if (!schema.has(column)) violations.push({ path, what: `answers for ${column}, which the schema does not have` })
  }
  return violations
}
