// The owner file beside a data folder: who runs the embedded database there. It keeps two starts apart
// before there is a database to ask; the true ownership is an advisory lock inside the database, because a
// file can outlive its writer and process ids repeat.

import { randomBytes } from 'node:crypto'
import { existsSync, linkSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { AlreadyRunning } from './error.ts'
import { placeOfPids, startOf } from './processes.ts'

interface Owner {
  pid: number
  start: string
  boot: string
  space: string
}

const beat = 2_000

const parse = (text: string): Owner | null => {
  try {
    const read = JSON.parse(text) as Partial<Owner>
    if (typeof read.pid !== 'number') return null
    return { pid: read.pid, start: read.start ?? '', boot: read.boot ?? '', space: read.space ?? '' }
  } catch {
    return null
  }
}

const readText = (file: string): string | null => {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return null
  }
}

const beatOf = (file: string): number => {
  try {
    return statSync(file).mtimeMs
  } catch {
    return 0
  }
}

/** The process id of the living owner of a data folder, null when there is none. Reads only. */
export async function findOwner(dataFolder: string): Promise<number | null> {
  const file = `${dataFolder}.owner`
  const owner = parse(readText(file) ?? '')
  if (owner === null) return null
  const here = placeOfPids()
  if (owner.boot !== here.boot) return null
  if (owner.space === here.space) return startOf(owner.pid) === owner.start ? owner.pid : null
  // Another container on the same machine: its process ids mean nothing here, but its heart can be watched.
  const before = beatOf(file)
  for (let waited = 0; waited < 3 * beat; waited += beat / 4) {
    await pause(beat / 4)
    if (beatOf(file) !== before) return owner.pid
  }
  return null
}

export interface Ownership {
  /** Removes the file, if it is still ours, and stops keeping it fresh. */
  release(): void
}

/** Becomes the owner. Throws AlreadyRunning when another living process is. */
export async function takeOwnership(dataFolder: string): Promise<Ownership> {
  const file = `${dataFolder}.owner`
  const mine = JSON.stringify({ pid: process.pid, start: startOf(process.pid) ?? '', ...placeOfPids() })
  // Written aside and linked into place, so that nobody ever reads half of it.
  const draft = `${file}.${randomBytes(6).toString('hex')}`
  writeFileSync(draft, mine, { mode: 0o644, flag: 'wx' })
  try {
    for (let attempt = 0; ; attempt++) {
      try {
        linkSync(draft, file)
        break
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
      }
      const seen = readText(file)
      const alive = await findOwner(dataFolder)
      if (alive !== null || attempt > 20) throw new AlreadyRunning(dataFolder, alive)
      setAside(file, seen)
    }
  } finally {
    rmSync(draft, { force: true })
  }
  const timer = setInterval(() => {
    const now = new Date()
    try {
      utimesSync(file, now, now)
    } catch {
      // The file was removed by hand: the lock inside the database still keeps others out.
    }
  }, beat)
  timer.unref()
  return {
    release: () => {
      clearInterval(timer)
      if (readText(file) === mine) rmSync(file, { force: true })
    },
  }
}

// Moving is atomic: of several starts that found the same dead owner one moves its file. Whoever moved
// another file than the one it judged puts it back.
const setAside = (file: string, judged: string | null): void => {
  const aside = `${file}.${randomBytes(6).toString('hex')}`
  try {
    renameSync(file, aside)
  } catch {
    return
  }
  if (readText(aside) !== judged && !existsSync(file)) renameSync(aside, file)
  else rmSync(aside, { force: true })
}
