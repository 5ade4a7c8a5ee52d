// Which Chromium the tests use, and the switches it is started with. None of them weakens what the page's own security
// does: the stories must see what people's browsers see.

import { spawnSync } from 'node:child_process'
import { accessSync, constants, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { LaunchOptions } from 'playwright-core'

/** A Chromium that starts, and what its environment needs for it. */
export interface Chromium {
  readonly path: string
  readonly env: Readonly<Record<string, string>>
}

const places = (): string[] => {
  const named = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
  const onPath = (process.env.PATH ?? '').split(delimiter).flatMap(folder => named.map(name => join(folder, name)))
  const windows = [process.env.PROGRAMFILES, process.env['PROGRAMFILES(X86)'], process.env.LOCALAPPDATA]
    .filter(folder => folder !== undefined)
    .flatMap(folder => [
      join(folder, 'Google', 'Chrome', 'Application', 'chrome.exe'),
      join(folder, 'Microsoft', 'Edge', 'Application', 'msedge.exe'),
    ])
  return [
    '/usr/bin/chromium',
    ...onPath,
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
    ...windows,
  ]
}

const canRun = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

const packages = fileURLToPath(new URL('../../node_modules', import.meta.url))

// The package unpacks into the temporary folder whatever version lies there, so it gets a folder of its own. Its
// libraries are unpacked only where it believes to be in a Lambda, and a bare machine needs them.
const unpacking = `
  const { default: chromium } = await import('@sparticuz/chromium')
  chromium.setGraphicsMode = false
  console.log(await chromium.executablePath())`

/** The folder of the packaged Chromium, unpacked once for a version; null when that did not go. */
function unpacked(): string | null {
  const about = join(packages, '@sparticuz', 'chromium', 'package.json')
  if (!existsSync(about)) return null
  const { version } = JSON.parse(readFileSync(about, 'utf8')) as { version: string }
  const folder = join(packages, '.cache', `chromium-${version}`)
  if (existsSync(folder)) return folder
  // Made aside and moved, so that nobody starts half of it. Another process may be faster.
  const aside = `${folder}-${process.pid}`
  try {
    mkdirSync(aside, { recursive: true })
    const env = { ...process.env, TMPDIR: aside, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs20.x', HOME: aside }
    const done = spawnSync(process.execPath, ['--input-type=module', '-e', unpacking], { cwd: packages, env })
    if (done.status === 0) renameSync(aside, folder)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code !== 'EACCES' && code !== 'EROFS' && code !== 'ENOTEMPTY' && code !== 'EEXIST') throw error
  } finally {
    rmSync(aside, { recursive: true, force: true })
  }
  return existsSync(folder) ? folder : null
}

/**
 * The Chromium of the development packages: the engine without the windows around it, which opens a page at a fifth of
 * the cost. It runs with the libraries and fonts of this machine, else with its own; null where it does not run.
 */
function packaged(): Chromium | null {
  const folder = process.platform === 'linux' && process.arch === 'x64' ? unpacked() : null
  if (folder === null) return null
  const path = join(folder, 'chromium')
  const libraries = [join(folder, 'al2023', 'lib'), process.env.LD_LIBRARY_PATH].filter(Boolean).join(':')
  const fonts = existsSync('/etc/fonts/fonts.conf') ? {} : { FONTCONFIG_PATH: join(folder, 'fonts') }
  for (const own of [{}, { LD_LIBRARY_PATH: libraries }]) {
    const env = { ...fonts, ...own, CHROMIUM_NO_SANDBOX: '1' }
    const tried = spawnSync(path, ['--version', '--no-sandbox'], { env: { ...process.env, ...env } })
    if (tried.status === 0) return { path, env }
  }
  return null
}

let found: Chromium | null | undefined

/** The one CHROMIUM_PATH names, else the packaged one, else the first in the usual places; null when there is none. */
export function findChromium(): Chromium | null {
  if (found !== undefined) return found
  const given = process.env.CHROMIUM_PATH
  if (given !== undefined && given !== '') found = { path: given, env: {} }
  else {
    const installed = (): Chromium | null => {
      const path = places().find(canRun)
      return path === undefined ? null : { path, env: {} }
    }
    found = packaged() ?? installed()
  }
  return found
}

/** How Playwright starts it. Its own sandbox cannot start as root; CHROMIUM_NO_SANDBOX=1 says the same of other machines. */
export function chromiumLaunch(): LaunchOptions {
  const chromium = findChromium()
  if (chromium === null) throw new Error('No Chromium was found: set CHROMIUM_PATH to one')
  const env = { ...process.env, ...chromium.env }
  const bare = process.getuid?.() === 0 || env.CHROMIUM_NO_SANDBOX === '1'
  return {
    executablePath: chromium.path,
    env,
    args: [
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-dev-shm-usage',
      ...(bare ? ['--no-sandbox'] : []),
    ],
  }
}
