// `lectern simulate-class`: a live class without the people. Bots join over the public wire, as phones do, so what the
// host sees is the product and not a film.
import { randomInt } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import pg from 'pg'
import * as z from 'zod/mini'
import { accountRoutes } from '#protocol/accounts.ts'
import { joinCode } from '#protocol/live.ts'
import { readConfig } from '#server/platform/config.ts'
import { parseDatabaseUrl } from '#server/platform/db/sequelize.ts'
import { findEmbedded } from '#server/platform/postgres/embedded.ts'
import { type CrowdParts, sendCrowd } from './bots/crowd.ts'
import { Link } from './bots/link.ts'
import { type Command, CommandError } from './command.ts'
import { runningAddress } from './running.ts'

const mostLearners = 2_000
const progressMs = 5_000

const numberOf = (text: string): number => {
  const read = Number(text)
  if (Number.isInteger(read) && read >= 1 && read <= mostLearners) return read
  throw new CommandError(`--learners must be a whole number from 1 to ${mostLearners}`)
}

async function onDatabase<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
  const config = readConfig(process.env)
  const url = config.embedded ? await findEmbedded(config.dataDir) : config.databaseUrl
  if (url === null)
    throw new CommandError(
      'No server runs here. Start it with npm start, or name a class: --url <address> --code <code>',
    )
  const client = new pg.Client(parseDatabaseUrl(url))
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

/** The code of the class that was started last and still runs; waits for one to start. */
async function waitForClass(say: (line: string) => void): Promise<string> {
  for (let tries = 0; ; tries++) {
    const code = await onDatabase(async client => {
      const { rows } = await client.query<{ code: string; title: string }>(
        "select code, title from runs where phase = 'open' order by started_at desc limit 1",
      )
      return rows[0]?.code
    })
    if (code !== undefined) return code
    if (tries === 0) say('No class is open yet. Start one in the browser: the bots join it within a second.')
    await pause(1_000)
  }
}

/** Learners of the demo school, as far as they may be tried out from here; empty when there are none. */
async function demoLearners(url: string): Promise<string[]> {
  const { demo } = await new Link(url).request(accountRoutes.me, {})
  return demo.filter(person => person.role === 'learner').map(person => person.accountId)
}

function readCode(given: string): string {
  const read = z.safeParse(joinCode, given)
  if (!read.success)
    throw new CommandError(`"${given}" is no class code: it has six letters and digits, such as H7KM2P`)
  return read.data
}

export const simulateClassCommand: Command = {
  name: 'simulate-class',
  summary: 'fill a live class with bots',
  help: `Usage: lectern simulate-class [--learners 30] [--code <code>] [--url <address>] [--demo] [--seed <text>]

Bots join a live class as guests: they answer, some of them late, change their minds, lose the network
and come back, and write in the chat. They leave by themselves when the class ends; Ctrl-C takes them
out sooner. Without --code they join the class that was started last on this machine, or wait for one.

  --learners <n>   how many, 1 to ${mostLearners} (30)
  --code <code>    the code of the class
  --url <address>  where the server is (the one that runs in this folder)
  --demo           come as learners of the demo school first, as guests when those run out
  --seed <text>    the same seed makes the same decisions; one is made up and printed when left out

Example: npm run lectern -- simulate-class --learners 30`,
  async run(args) {
    const { values } = parseArgs({
      args,
      options: {
        learners: { type: 'string', default: '30' },
        url: { type: 'string' },
        code: { type: 'string' },
        demo: { type: 'boolean', default: false },
        seed: { type: 'string' },
      },
    })
    const learners = numberOf(values.learners)
    const url = (values.url ?? runningAddress(readConfig(process.env))).replace(/\/+$/, '')
    if (!URL.canParse(url)) throw new CommandError(`"${url}" is no address: it looks like http://localhost:8080`)
    const seed = values.seed ?? String(randomInt(1_000_000))
    const say = (line: string) => console.log(line)
    const code = values.code === undefined ? await waitForClass(say) : readCode(values.code)
    const members = values.demo ? await demoLearners(url) : []
    say(`${learners} bots join the class ${code} at ${url} (--seed ${seed}). Ctrl-C takes them out.`)
    await watch({ url, code, learners, seed, members, say })
    return 0
  },
}

async function watch(parts: CrowdParts): Promise<void> {
  const crowd = sendCrowd(parts)
  const stop = () => crowd.stop()
  process.once('SIGINT', stop)
  process.once('SIGTERM', stop)
  const { tallied } = crowd
  let told = ''
  const progress = setInterval(() => {
    const now = `${tallied.joined} of ${parts.learners} are in, ${tallied.answered} answers, ${tallied.dropped} drops, ${tallied.said} lines`
    if (now !== told) parts.say(now)
    told = now
  }, progressMs)
  const { joined, answered, late, dropped, said } = await crowd.done
  clearInterval(progress)
  process.off('SIGINT', stop)
  process.off('SIGTERM', stop)
  if (joined === 0 && (crowd.failures.has('code-unknown') || crowd.failures.has('class-over')))
    throw new CommandError(
      `No class is open at ${parts.url} with the code ${parts.code}. The code stands on the stage of a class while it is open; without --code the class that is open is taken.`,
    )
  if (joined === 0)
    throw new CommandError(`No bot got into the class at ${parts.url}. Is it there? Name another address with --url.`)
  parts.say(
    `The class is over for ${joined} bots: ${answered} answers taken, ${late} too late, ${dropped} drops, ${said} lines in the chat.`,
  )
  if (answered > 0)
    parts.say(
      `Answers were acknowledged within ${crowd.ackedWithin(0.5)} ms (half of them) and ${crowd.ackedWithin(0.99)} ms (99 of 100).`,
    )
}
