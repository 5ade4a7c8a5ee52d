// The part of `npm run check` that knows our own rules: reads the tree, runs every rule, prints what is wrong.
// It changes nothing.

import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { checkAccounts } from './check-accounts.ts'
import { checkCodes } from './check-codes.ts'
import { checkExports } from './check-exports.ts'
import { checkImports, featureOrder, type Source, type Violation } from './check-imports.ts'
import { checkReads } from './check-reads.ts'
import { checkTables } from './check-tables.ts'
import { checkAddresses, checkFeatureTable, checkLengths, checkNames, checkOpenings } from './check-tree.ts'
import { checkWords } from './check-words.ts'
import { checkForeignWrites, checkWrites } from './check-writes.ts'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const folders = ['protocol', 'server', 'client', 'scripts', 'bench', 'faults']

function* filesIn(folder: string): Generator<string> {
  for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
    const path = `${folder}/${entry.name}`
    if (entry.isDirectory()) yield* filesIn(path)
    else if (/\.(tsx?|mjs|mts|css)$/.test(entry.name)) yield path
  }
}

const present = new Set(readdirSync(root))
const sources: Source[] = folders
  .filter(folder => present.has(folder))
  .flatMap(folder => [...filesIn(folder)])
  .map(path => ({ path, text: readFileSync(join(root, path), 'utf8') }))

const order = featureOrder(sources.find(({ path }) => path === 'server/features.ts')?.text ?? '')
const lengths = checkLengths(sources)
const violations: Violation[] = [
  ...checkImports(sources, order),
  ...checkNames(sources),
  ...checkAddresses(sources),
  ...lengths.violations,
  ...checkOpenings(sources),
  ...checkAccounts(sources),
  ...checkCodes(sources),
  ...checkTables(sources),
  ...checkReads(sources, order),
  ...checkWrites(sources),
  ...checkForeignWrites(sources),
  ...checkWords(sources),
  ...checkFeatureTable(readFileSync(join(root, 'ARCHITECTURE.md'), 'utf8'), order),
]

for (const { path, what } of [...lengths.warnings, ...checkExports(sources)]) console.warn(`warning  ${path}: ${what}`)
for (const { path, what } of violations) console.error(`${path}: ${what}`)
console.log(`Checked ${sources.length} files against the rules of the house: ${violations.length} violations.`)
process.exit(violations.length === 0 ? 0 : 1)
