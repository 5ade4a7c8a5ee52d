// The rule that only `actions` write tables: nothing else of a server feature holds a statement that writes, nor calls
// what writes of a model. Pure: takes file texts, answers violations.

import { isTest, type Source, type Violation, withoutComments } from './check-imports.ts'

const verbs = 'create|update|destroy|upsert|bulkCreate|increment|decrement|save|truncate'
const statement =
  /\b(?:insert\s+into|delete\s+from|merge\s+into|update\s+(?:only\s+)?["\w${}.()]+\s+(?:as\s+)?(?:\w+\s+)?set)\b/i
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
