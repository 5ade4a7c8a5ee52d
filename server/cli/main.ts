// The `lectern` command: the table of its commands, help, and how errors reach the person at the terminal.

import { ConfigError } from '#server/platform/config.ts'
import { CapacityError } from '#server/platform/db/capacity.ts'
import { EmbeddedError } from '#server/platform/postgres/embedded.ts'
import { OldRedisError } from '#server/platform/realtime/redis-bus.ts'
import { type Command, CommandError } from './command.ts'
import { createAdminCommand } from './create-admin.ts'
import { doctorCommand } from './doctor.ts'
import { migrateCommand } from './migrate.ts'
import { openDemoCommand } from './open-demo.ts'
import { reindexCommand } from './reindex.ts'
import { seedDemoCommand } from './seed-demo.ts'
import { serveCommand } from './serve.ts'
import { simulateClassCommand } from './simulate-class.ts'

/** Every command, in the order of the help. A new one is a file beside this one and a line here. */
export const commands: readonly Command[] = [
  serveCommand,
  migrateCommand,
  createAdminCommand,
  seedDemoCommand,
  openDemoCommand,
  reindexCommand,
  doctorCommand,
  simulateClassCommand,
]

// Errors whose message is all a person needs: no stack.
const readable = [ConfigError, EmbeddedError, CommandError, CapacityError, OldRedisError]

const overview = (): string =>
  [
    'Usage: lectern <command>, or npm run lectern -- <command>',
    '',
    ...commands.map(command => `  ${command.name.padEnd(16)}${command.summary}`),
    '',
    '`lectern <command> --help` tells more.',
  ].join('\n')

/** Runs one command line, without the program's own name; answers the exit code. */
export async function main(args: readonly string[]): Promise<number> {
  const [name, ...rest] = args
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    console.log(overview())
    return 0
  }
  const command = commands.find(candidate => candidate.name === name)
  if (command === undefined) {
    console.error(`There is no command "${name}".\n\n${overview()}`)
    return 2
  }
  if (rest.includes('--help') || rest.includes('-h')) {
    console.log(command.help)
    return 0
  }
  try {
    return await command.run(rest)
  } catch (error) {
    if (readable.some(kind => error instanceof kind)) {
      const { message } = error as Error
      console.error(message)
      return 1
    }
    // parseArgs explains itself well enough.
    if (String((error as { code?: unknown }).code).startsWith('ERR_PARSE_ARGS')) {
      console.error(`${(error as Error).message}\n\n${command.help}`)
      return 2
    }
    throw error
  }
}
