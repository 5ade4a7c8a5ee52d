// `lectern open-demo`: lets the demo school's staff sign in from the network, or only from this machine again.

import { parseArgs } from 'node:util'
import { openDemo } from '#server/features/accounts/index.ts'
import { actOnDatabase } from './acting.ts'
import type { Command } from './command.ts'

export const openDemoCommand: Command = {
  name: 'open-demo',
  summary: "let the demo school's staff sign in from other machines",
  help: `Usage: lectern open-demo [--close]

Anybody in the network can then be the demo instructor or administrator: their passwords are
known to all. --close lets them sign in only on this machine again, as from the start.`,
  async run(args) {
    const { values } = parseArgs({ args, options: { close: { type: 'boolean' } } })
    const open = values.close !== true
    await actOnDatabase(ctx => openDemo(ctx, { open }))
    console.log(open ? 'Demo staff sign in from anywhere now.' : 'Demo staff sign in only on this machine now.')
    return 0
  },
}
