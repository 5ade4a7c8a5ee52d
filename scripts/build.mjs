// Builds what runs in production: the server as one file with its packages outside, the client by Vite.
// `node scripts/build.mjs [server] [client]`, both without a word. scripts/prepare.mjs decides what is stale.

import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { build as bundle } from 'esbuild'
import { root } from './prepare.mjs'

const asked = process.argv.slice(2)
const wants = name => asked.length === 0 || asked.includes(name)
process.chdir(root)

if (wants('server')) {
  mkdirSync(join(root, 'dist'), { recursive: true })
  // The first is run by threads of the second.
  for (const [from, name] of [
    [join('server', 'platform', 'extract', 'worker.ts'), 'extract-worker'],
    [join('server', 'cli', 'lectern.ts'), 'lectern'],
  ])
    await bundleServer(from, name)
}

async function bundleServer(from, name) {
  // Written aside and moved, so that a start never reads half a file.
  const aside = join(root, 'dist', `.${name}-${process.pid}.js`)
  await bundle({
    entryPoints: [join(root, from)],
    outfile: aside,
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    target: 'node20',
    sourcemap: 'inline',
    sourcesContent: false,
    legalComments: 'none',
    logLevel: 'warning',
  }).catch(() => {
    // It has printed what is wrong and where.
    process.exit(1)
  })
  renameSync(aside, join(root, 'dist', `${name}.js`))
}

if (wants('client') && existsSync(join(root, 'client', 'index.html'))) {
  await bundlePlayers()
  const { build } = await import('vite')
  await build({ configFile: join(root, 'vite.config.ts'), logLevel: 'warn' }).catch(error => {
    console.error(error.message)
    process.exit(1)
  })
}

// What plays packages stands on an origin of its own, and is no part of the client's files.
async function bundlePlayers() {
  const aside = join(root, 'dist', `.players-${process.pid}`)
  await bundle({
    entryPoints: ['scorm.ts', 'h5p.ts'].map(name => join(root, 'client', 'players', name)),
    outdir: aside,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    minify: true,
    legalComments: 'none',
    logLevel: 'warning',
  }).catch(() => {
    // It has printed what is wrong and where.
    process.exit(1)
  })
  const folder = join(root, 'dist', 'players')
  rmSync(folder, { recursive: true, force: true })
  renameSync(aside, folder)
}
