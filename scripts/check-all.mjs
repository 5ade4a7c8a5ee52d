// `npm run check`: format and lint, types, and the rules of the house. All three run even when one finds
// something, so that one look shows everything.

import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { checkNode, install, root } from './prepare.mjs'

checkNode()
install({ withDev: true })
const packages = (...path) => join(root, 'node_modules', ...path)
const tsx = pathToFileURL(packages('tsx', 'dist', 'loader.mjs')).href

const parts = [
  ['format and lint', [packages('@biomejs', 'biome', 'bin', 'biome'), 'check', '--max-diagnostics=200', '.']],
  ['types', [packages('typescript', 'bin', 'tsc'), '-b']],
  ['rules of the house', ['--import', tsx, join(root, 'scripts', 'check.ts')]],
]

const failed = []
for (const [name, args] of parts) {
  const done = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' })
  if (done.status !== 0) failed.push(name)
}
console.log(failed.length === 0 ? 'All checks passed.' : `Not passed: ${failed.join(', ')}.`)
process.exit(failed.length === 0 ? 0 : 1)
