// The embedded server's settings. It is never on a network: it listens on a socket in a private folder, or on
// the loopback address with a password where there are no such sockets.

import { totalmem } from 'node:os'

/** Where a running server listens: a folder for its socket, or the loopback address where there are none. */
export interface Place {
  host: string
  port: number
}

const windows = process.platform === 'win32'

const quote = (value: string): string => `'${value.replaceAll("'", "''")}'`

/**
 * The text of postgresql.conf for a small server at `place`. Without `durable` it trades safety for speed.
 * Operators' own settings go to postgresql.local.conf beside it.
 */
export function settingsFor(place: Place, { durable }: { readonly durable: boolean }): string {
  const buffers = Math.round(Math.min(256, Math.max(32, totalmem() / 2 ** 20 / 16)))
  return [
    '# Written at every start. Your own settings: postgresql.local.conf in this folder.',
    windows ? "listen_addresses = '127.0.0.1'" : "listen_addresses = ''",
    `port = ${place.port}`,
    ...(windows ? [] : [`unix_socket_directories = ${quote(place.host)}`, 'unix_socket_permissions = 0700']),
    'max_connections = 100',
    `shared_buffers = ${buffers}MB`,
    `effective_cache_size = ${buffers * 6}MB`,
    'work_mem = 8MB',
    'max_wal_size = 1GB',
    'wal_compression = on',
    'checkpoint_timeout = 15min',
    'random_page_cost = 1.1',
    // Short statements by many people: neither pays here, and parallel plans need /dev/shm, small in containers.
    'jit = off',
    'max_parallel_workers_per_gather = 0',
    'max_parallel_maintenance_workers = 0',
    "timezone = 'UTC'",
    "log_timezone = 'UTC'",
    "log_line_prefix = '%m [%p] '",
    ...(durable ? [] : ['fsync = off', 'synchronous_commit = off', 'full_page_writes = off']),
    "include_if_exists = 'postgresql.local.conf'",
    '',
  ].join('\n')
}
