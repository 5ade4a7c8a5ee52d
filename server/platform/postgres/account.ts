// Which account of this machine runs PostgreSQL, and what that account can reach. PostgreSQL refuses to run
// as root, so root lends it to postgres or nobody; everyone else runs it themselves.

import { spawnSync } from 'node:child_process'
import { dirname } from 'node:path'
import { EmbeddedError } from './error.ts'

export interface Account {
  name: string
  /** What child processes are started with; empty when it is our own account. */
  spawn: { uid?: number; gid?: number }
  /** True when it is not the account this process runs as. */
  lent: boolean
}

const numberOf = (user: string, which: '-u' | '-g'): number | null => {
  const asked = spawnSync('id', [which, user], { encoding: 'utf8' })
  return asked.status === 0 ? Number(asked.stdout.trim()) : null
}

/** The account PostgreSQL runs as. Throws EmbeddedError when we are root and there is nobody to lend it to. */
export function chooseAccount(): Account {
  if (process.getuid?.() !== 0) return { name: process.env.USER ?? 'this account', spawn: {}, lent: false }
  for (const name of ['postgres', '_postgres', 'nobody']) {
    const uid = numberOf(name, '-u')
    const gid = numberOf(name, '-g')
    if (uid !== null && uid !== 0 && gid !== null) return { name, spawn: { uid, gid }, lent: true }
  }
  throw new EmbeddedError(
    'PostgreSQL does not run as root, and there is no account postgres or nobody on this machine: ' +
      'run Lectern as an ordinary user, or set DATABASE_URL',
  )
}

/** The account a data folder belongs to, lent by root. */
export function accountOf(uid: number, gid: number): Account {
  return { name: `number ${uid}`, spawn: { uid, gid }, lent: true }
}

/** Whether `account` may enter `folder`, which exists or whose nearest existing parent is asked in its place. */
export function canReach(account: Account, folder: string): boolean {
  if (!account.lent) return true
  for (let at = folder; ; at = dirname(at)) {
    const asked = spawnSync('sh', ['-c', 'cd "$1" 2>/dev/null && exit 0; [ -e "$1" ] && exit 1; exit 2', 'sh', at], {
      ...account.spawn,
      cwd: '/',
    })
    if (asked.status === 0) return true
    // 2 also comes of a parent that may not be searched: then one of the parents answers 1.
    if (asked.status !== 2 || dirname(at) === at) return false
  }
}
