// `lectern serve`: the whole product in one process. Brings the embedded database when none is given,
// migrates, starts the node, says where it is, and on SIGTERM or SIGINT drains before it stops the database.

import { createServer } from 'node:net'
import { filled, publicPages } from '#protocol/base/addresses.ts'
import { findOpenCode } from '#server/features/live/index.ts'
import { type RunningNode, startNode } from '#server/main.ts'
import { type Config, readConfig } from '#server/platform/config.ts'
import { emptyDatabase, migrate } from '#server/platform/db/migrate.ts'
import { sql } from '#server/platform/db/sequelize.ts'
import { addressesOf } from '#server/platform/http/addresses.ts'
import type { Embedded } from '#server/platform/postgres/embedded.ts'
import { seedDemo } from '#server/seeds/demo-school.ts'
import { wholeHistory } from '#server/seeds/history/history.ts'
import { demoPassword, instructor } from '#server/seeds/people.ts'
import { type Command, CommandError } from './command.ts'
import { ownEmbedded } from './database.ts'
import { noteAddress } from './running.ts'
import { demoSeed } from './seed-demo.ts'

export const serveCommand: Command = {
  name: 'serve',
  summary: 'start the server',
  help: `Usage: lectern serve

Serves HTTP, live classes and documents. Without DATABASE_URL it starts a PostgreSQL of its own with
the data in .lectern/ and listens on every address of this machine, so that phones can join.
Settings come from the environment; README.md lists them. Stop it with Ctrl-C: it finishes what is
in flight first.`,
  async run() {
    const given = readConfig(process.env)
    const ending = untilToldToEnd()
    const { config, embedded } = given.embedded
      ? await ownEmbedded(given, line => console.log(line))
      : { config: given, embedded: null }
    try {
      await serve(config, embedded, ending)
    } finally {
      await embedded?.stop()
    }
    return 0
  },
}

async function serve(config: Config, embedded: Embedded | null, ending: Ending): Promise<void> {
  if (ending.told()) return
  await checkPort(config)
  // A first start that died while it filled the school left half of one.
  if (embedded?.isNew === true) await emptyDatabase(config.databaseUrl)
  const ran = await migrate(config.databaseUrl).catch((error: unknown) => {
    throw unreachable(error) ?? error
  })
  if (ran.length > 0) console.log(`Brought the database to its current schema (${ran.length} steps)`)
  if (ending.told()) return
  const node = await startNode(config, embedded?.isNew === true ? inside => fill(inside, embedded) : undefined)
  const forget = config.embedded ? noteAddress(config, `http://localhost:${node.port}`) : () => undefined
  say(config, node.port, await node.as({ kind: 'nobody' }).act(findOpenCode))
  const why = await ending.wait
  console.log(`${why}: finishing what is in flight`)
  forget()
  await node.stop()
}

// A new database of the embedded mode gets its first contents here, and nowhere else. `settled` comes last, so
// that a start that dies in between does it again.
async function fill(node: Pick<RunningNode, 'as'>, embedded: Embedded): Promise<void> {
  console.log('Filling the demo school: people, two courses and a class that stands open')
  console.log('Filling three weeks of history: classes, talk, notes')
  // Thousands of commits, none of which has to outlive a crash before all of it is there.
  await sql('alter system set synchronous_commit = off')
  await sql('select pg_reload_conf()')
  await seedDemo(node, { history: { now: new Date(), seed: demoSeed, amount: wholeHistory } })
  await sql('alter system reset synchronous_commit')
  await sql('select pg_reload_conf()')
  await sql('checkpoint')
  embedded.settled()
}

function say(config: Config, port: number, code: string | undefined): void {
  const [first, ...others] = config.publicUrl === null ? addressesOf(config.host, port) : [config.publicUrl]
  console.log(`\nLectern is ready: ${first}`)
  for (const address of others) console.log(`  in the same network: ${address}`)
  if (config.embedded) {
    console.log(
      `\nThe demo school: sign in with one tap, or as ${instructor.email} with the password "${demoPassword}".`,
    )
    console.log('Its staff sign in on this machine only, until you run: npm run lectern -- open-demo')
    if (code) console.log(`A class stands open: join it at ${first}${filled(publicPages.joinCode, { code })}`)
    console.log('Fill it with learners: npm run lectern -- simulate-class --learners 30')
  }
  if (!config.embedded && config.publicUrl === null)
    console.log(
      'PUBLIC_URL is not set: links, codes and QR codes lead to the address above, which other devices may not reach.',
    )
  console.log('\nStop it with Ctrl-C.')
}

// What a wrong DATABASE_URL or a sleeping server answers; anything else is a fault with a stack.
const unreachable = (error: unknown): CommandError | null => {
  const { code, message } = error as { code?: string; message?: string }
  const known = [
    'ECONNREFUSED',
    'ENOTFOUND',
    'EAI_AGAIN',
    'ETIMEDOUT',
    'EHOSTUNREACH',
    '28P01',
    '28000',
    '3D000',
    '57P03',
  ]
  return known.includes(code ?? '') ? new CommandError(`The database of DATABASE_URL cannot be used: ${message}`) : null
}

// Asked before the node is put together, so that the commonest mistake is one sentence and nothing else.
const checkPort = (config: Config): Promise<void> =>
  new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', (error: NodeJS.ErrnoException) => {
      const sentences: Record<string, string> = {
        EADDRINUSE: `Port ${config.port} is taken by another program: choose another one, such as PORT=8090 npm start`,
        EACCES: `Port ${config.port} needs rights this account does not have: choose one above 1023`,
        EADDRNOTAVAIL: `HOST is ${config.host}, which is no address of this machine`,
        ENOTFOUND: `HOST is ${config.host}, which is no address of this machine`,
      }
      const sentence = sentences[error.code ?? '']
      reject(sentence === undefined ? error : new CommandError(sentence))
    })
    probe.listen(config.port, config.host, () => probe.close(() => resolve()))
  })

interface Ending {
  wait: Promise<string>
  told(): boolean
}

// The first signal asks to finish; a later one, from a person who will not wait, ends at once. The embedded
// database survives that and is taken over by the next start. One Ctrl-C may arrive several times, from the
// terminal, from npm and from the watch on our parent: what comes within three seconds is the same wish.
function untilToldToEnd(): Ending {
  let told: number | null = null
  const wait = new Promise<string>(resolve => {
    // A closed terminal hangs up.
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
      process.on(signal, () => {
        if (told !== null && performance.now() - told > 3_000) process.exit(1)
        told ??= performance.now()
        resolve(signal === 'SIGINT' ? 'Interrupted' : 'Asked to stop')
      })
    }
  })
  return { wait, told: () => told !== null }
}
