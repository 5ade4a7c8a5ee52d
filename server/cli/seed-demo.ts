// `lectern seed-demo`: fills an empty database with the demo school and its three weeks of history.

import { parseArgs } from 'node:util'
import { startNode } from '#server/main.ts'
import { sql } from '#server/platform/db/sequelize.ts'
import { seedDemo } from '#server/seeds/demo-school.ts'
import { wholeHistory } from '#server/seeds/history/history.ts'
import { demoPassword, instructor } from '#server/seeds/people.ts'
import { type Command, CommandError } from './command.ts'
import { withDatabase } from './database.ts'

/** The seed of every demo school that nobody asked for in particular. */
export const demoSeed = 'lectern'

export const seedDemoCommand: Command = {
  name: 'seed-demo',
  summary: 'fill an empty database with the demo school',
  help: `Usage: lectern seed-demo [--force] [--seed <text>]

Makes the demo school with three weeks of history: people, two courses, classes, homework, forum, talk and
notes. Stop the server first. The first start without DATABASE_URL does the same by itself.

  --force         also where there are accounts already: the school is added to them. It stays refused where
                  the people of the demo school are there, since they would be the same.
  --seed <text>   the same seed on the same day makes the same history

The passwords of its people are known to all; open-demo says from where its staff may sign in.`,
  async run(args) {
    const { values } = parseArgs({
      args,
      options: { force: { type: 'boolean', default: false }, seed: { type: 'string', default: demoSeed } },
    })
    await withDatabase(async config => {
      const began = performance.now()
      const node = await startNode({ ...config, port: 0, host: '127.0.0.1' }, async inside => {
        await demandRoom(values.force)
        console.log('Filling three weeks of history: classes, talk, notes')
        const plan = { now: new Date(), seed: values.seed, amount: wholeHistory }
        await seedDemo(inside, { history: plan })
      })
      await node.stop()
      console.log(`Done in ${Math.round((performance.now() - began) / 1_000)} s.`)
    })
    console.log(`Sign in as ${instructor.email} with the password "${demoPassword}".`)
    return 0
  },
}

async function demandRoom(force: boolean): Promise<void> {
  const [found] = await sql<{ people: number; demo: number }>(
    `select count(*)::int as people, count(*) filter (where lower(email) = $1)::int as demo from accounts`,
    [instructor.email],
  )
  if (found && found.demo > 0) throw new CommandError('The demo school is there already.')
  if (found && found.people > 0 && !force)
    throw new CommandError(
      `This database has accounts already (${found.people}). --force adds the demo school to them: its people have a password that everybody knows.`,
    )
}
