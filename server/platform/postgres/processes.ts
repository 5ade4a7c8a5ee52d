// What the system knows of a process: whether it lives, since when, and who works inside a folder. Process
// ids are used again, so an id alone proves nothing; where the system tells more, more is asked.

import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync, readlinkSync } from 'node:fs'

const text = (path: string): string | null => {
  try {
    return readFileSync(path, 'utf8').trim()
  } catch {
    return null
  }
}

/** When a living process began, in the system's own words; null when it does not live. A zombie does not. */
export function startOf(pid: number): string | null {
  if (process.platform === 'linux') {
    const stat = text(`/proc/${pid}/stat`)
    // The name in brackets may hold anything; the fields follow the last bracket.
    const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ')
    return fields === undefined || fields[0] === 'Z' || fields[0] === 'X' ? null : (fields[19] ?? null)
  }
  try {
    process.kill(pid, 0)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return null
  }
  if (process.platform === 'win32') return 'alive'
  const asked = spawnSync('ps', ['-o', 'stat=,lstart=', '-p', String(pid)], { encoding: 'utf8' })
  const line = asked.stdout.trim()
  return line === '' || line.startsWith('Z') ? null : line.replace(/^\S+\s+/, '')
}

/** Where this process's ids mean something: this boot of this machine, this container. */
export function placeOfPids(): { boot: string; space: string } {
  let space = ''
  try {
    space = readlinkSync('/proc/self/ns/pid')
  } catch {
    // Only Linux has them.
  }
  return { boot: text('/proc/sys/kernel/random/boot_id') ?? '', space }
}

/**
 * Ids of the living processes whose working folder is `folder` (a real path): PostgreSQL's own processes all
 * work inside their data folder. Null where the system does not tell.
 */
export function processesIn(folder: string): number[] | null {
  if (process.platform !== 'linux') return null
  return readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .filter(name => {
      try {
        return readlinkSync(`/proc/${name}/cwd`) === folder
      } catch {
        return false
      }
    })
    .map(Number)
}
