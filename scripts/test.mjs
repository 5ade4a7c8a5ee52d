// `npm test` and `npm run test:quick`: installs what is missing on a fresh clone, then hands over to
// run-tests.ts, which needs the packages. Words after `--` are test files or mocha's options.

import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { checkNode, endWithParent, install, root } from './prepare.mjs'

checkNode()
endWithParent()
install({ withDev: true })
const tsx = pathToFileURL(join(root, 'node_modules', 'tsx', 'dist', 'loader.mjs')).href
const child = spawn(
  process.execPath,
  ['--import', tsx, join(root, 'scripts', 'run-tests.ts'), ...process.argv.slice(2)],
  { cwd: root, stdio: 'inherit' },
)
// The child takes down what it brought up; this process only waits for it.
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal))
child.on('exit', code => process.exit(code ?? 1))
