// What must be there before anything of ours can run: the packages and the built files. Plain Node without
// packages, because it runs on a fresh clone. It says what it does, and does nothing that is done already.

import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = dirname(dirname(fileURLToPath(import.meta.url)))

const needed = [20, 19]

/** Ends the process with one sentence when this Node is too old. */
export function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major > needed[0] || (major === needed[0] && minor >= needed[1])) return
  console.error(
    `Lectern needs Node ${needed.join('.')} or newer; this is ${process.versions.node}. https://nodejs.org has one.`,
  )
  process.exit(1)
}

const readJson = file => JSON.parse(readFileSync(file, 'utf8'))

// npm notes what it installed. Packages for other platforms are optional and rightly absent.
function missingPackages(withDev) {
  const wanted = readJson(join(root, 'package-lock.json')).packages
  const note = join(root, 'node_modules', '.package-lock.json')
  if (!existsSync(note)) return ['node_modules']
  const installed = readJson(note).packages
  return Object.entries(wanted)
    .filter(([path, entry]) => path !== '' && !entry.optional && !entry.devOptional && (withDev || !entry.dev))
    .filter(([path, entry]) => installed[path]?.version !== entry.version)
    .map(([path]) => path)
}

const run = (program, args) => {
  const shell = process.platform === 'win32' && program !== process.execPath
  const done = spawnSync(program, args, { cwd: root, stdio: 'inherit', shell })
  if (done.error !== undefined) console.error(`${program} could not be run: ${done.error.message}`)
  return done.status === 0
}

/** Runs `npm ci` when a package of the lock file is absent; `withDev` asks for the development tools too. */
export function install({ withDev }) {
  const missing = missingPackages(withDev)
  if (missing.length === 0) return
  const what = missing.length > 3 || missing[0] === 'node_modules' ? 'packages' : missing.join(', ')
  console.log(`Installing what is missing (${what}): npm ci`)
  const npm = process.env.npm_execpath
  // No package of ours needs its install script: what one would do is done at run time.
  const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', ...(withDev ? ['--include=dev'] : [])]
  const done = npm?.endsWith('.js') ? run(process.execPath, [npm, ...args]) : run('npm', args)
  if (done) return
  console.error('The packages could not be installed: npm says why above.')
  process.exit(1)
}

function* filesIn(folder) {
  if (!existsSync(folder)) return
  for (const entry of readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) yield* filesIn(path)
    else yield path
  }
}

const isSource = path => !/\.(test|story|fixture)\.tsx?$/.test(path) && !path.split(sep).includes('test')

function fingerprint(parts) {
  const hash = createHash('sha256')
  for (const part of parts) {
    const path = join(root, part)
    const files = existsSync(path) && statSync(path).isDirectory() ? filesIn(path) : [path]
    for (const file of files) {
      if (!existsSync(file) || !isSource(relative(root, file))) continue
      hash.update(relative(root, file)).update('\0').update(readFileSync(file)).update('\0')
    }
  }
  return hash.digest('hex')
}

const common = ['protocol', 'package.json', 'package-lock.json', 'tsconfig.base.json', 'scripts/build.mjs']

/** The two things that are built: what each is made of, and the file that shows it is there. */
const products = {
  server: { from: ['server', ...common], shows: 'dist/lectern.js' },
  client: { from: ['client', 'vite.config.ts', ...common], shows: 'dist/client/index.html' },
}

/** Builds those of `names` whose sources changed since their last build, judged by content. */
export function build(names) {
  const stale = names
    .filter(name => name !== 'client' || existsSync(join(root, 'client', 'index.html')))
    .map(name => ({ name, mark: fingerprint(products[name].from), stamp: join(root, 'dist', `.${name}-built-from`) }))
    .filter(
      ({ name, mark, stamp }) =>
        !existsSync(join(root, products[name].shows)) || !existsSync(stamp) || readFileSync(stamp, 'utf8') !== mark,
    )
  if (stale.length === 0) return
  const list = stale.map(({ name }) => name)
  console.log(`Building what has changed: ${list.join(' and ')}`)
  if (!run(process.execPath, [join(root, 'scripts', 'build.mjs'), ...list])) {
    console.error('The build failed: see above.')
    process.exit(1)
  }
  mkdirSync(join(root, 'dist'), { recursive: true })
  for (const { mark, stamp } of stale) writeFileSync(stamp, mark)
}

/**
 * Below npm there is a shell that does not pass signals on: when it dies, nobody can reach us any more. Then we
 * ask ourselves to end, as the signal would have.
 */
export function endWithParent() {
  if (process.env.npm_lifecycle_event === undefined) return
  const parent = process.ppid
  const timer = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(timer)
    process.kill(process.pid, 'SIGTERM')
  }, 500)
  timer.unref()
}
