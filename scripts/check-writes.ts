// The rule that only `actions` write tables, and only their own feature's: nothing else of a server feature holds a
// statement that writes, nor calls what writes of a model. Pure: takes file texts, answers violations.

import { isTest, type Source, type Violation, withoutComments } from './check-imports.ts'
import { declaredTables } from './check-tables.ts'

const verbs = 'create|update|destroy|upsert|bulkCreate|increment|decrement|save|truncate'
const statement =
  /\b(?:insert\s+into|delete\s+from|merge\s+into|update\s+(?:only\s+)?["\w${}.()]+\s+(?:as\s+)?(?:\w+\s+)?set)\b/i
const written = /\b(?:insert\s+into|delete\s+from|update)\s+(?:only\s+)?(\w+)/gi
const declared = /\bexport const (\w+) = table</g
const awaited = new RegExp(`\\b(?:await|return)\\s+\\w+\\.(?:${verbs})\\(`)

const isAction = (path: string): boolean => /^server\/(?:features|integrations)\/[\w-]+\/actions[./]/.test(path)

/** A write in a file of a server feature that is none of its `actions`; tests arrange what they like. */
export function checkWrites(sources: readonly Source[]): Violation[] {
  const files = sources.filter(({ path }) => /^server\/(?:features|integrations)\//.test(path) && !isTest(path))
  const models = files.flatMap(({ text }) => [...text.matchAll(declared)].map(found => found[1]))
  const ofModel = new RegExp(`\\b(?:${['(?!)', ...models].join('|')})\\.(?:${verbs})\\(`)
  return files
    .filter(({ path }) => !isAction(path))
    .flatMap(({ path, text }) => {
      const code = withoutComments(text)
      const [found] = statement.exec(code) ?? ofModel.exec(code) ?? awaited.exec(code) ?? []
      if (found === undefined) return []
      return [{ path, what: `writes (${found.replace(/\s+/g, ' ')}): only actions write tables` }]
    })
}

const featureOf = (path: string): string | undefined => /^server\/(?:features|integrations)\/[\w-]+/.exec(path)?.[0]

/** A write of a table that belongs to another feature, wherever it stands; whoever owns it has a verb for that. */
export function checkForeignWrites(sources: readonly Source[]): Violation[] {
  const files = sources.filter(({ path }) => featureOf(path) !== undefined && !isTest(path))
  const owners = new Map<string, string>()
  for (const { table, path } of declaredTables(files)) owners.set(table, featureOf(path) ?? '')
  const models = new Map<string, string>()
  for (const { path, text } of files)
    for (const [, model = ''] of text.matchAll(declared)) models.set(model, featureOf(path) ?? '')
  const called = new RegExp(`\\b(\\w+)\\.(?:${verbs})\\(`, 'g')
  return files.flatMap(({ path, text }) => {
    const code = withoutComments(text)
    // A model of another feature is written only where it was imported.
    const foreign = (model: string) =>
      new RegExp(`import \\{[^}]*\\b${model}\\b[^}]*\\} from '#server/features/`).test(code)
    const tables = [...code.matchAll(written)].map(
      ([, table = '']) => [table, owners.get(table.toLowerCase())] as const,
    )
    const calls = [...code.matchAll(called)]
      .filter(([, model = '']) => models.has(model) && foreign(model))
      .map(([, model = '']) => [model, models.get(model)] as const)
    return [...tables, ...calls]
      .filter(([, owner]) => owner !== undefined && owner !== featureOf(path))
      .map(([what, owner]) => ({ path, what: `writes ${what}, a table of ${owner}: nobody writes another's tables` }))
  })
}
