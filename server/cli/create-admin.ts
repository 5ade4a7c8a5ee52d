// `lectern create-admin`: makes an administrator, or a one-time link by which the first one makes themselves.

import { createInterface } from 'node:readline/promises'
import { parseArgs } from 'node:util'
import * as z from 'zod/mini'
import { password as passwordSchema, personName } from '#protocol/accounts.ts'
import { filled, publicPages } from '#protocol/base/addresses.ts'
import { email as emailSchema } from '#protocol/base/ids.ts'
import { Problem } from '#protocol/base/problems.ts'
import { problems } from '#protocol/texts/en/problems.ts'
import { createMember, createSetupToken, demandStrong, hashPassword } from '#server/features/accounts/index.ts'
import { readConfig } from '#server/platform/config.ts'
import { actOnDatabase } from './acting.ts'
import { type Command, CommandError } from './command.ts'

function parsed<S extends z.core.$ZodType>(schema: S, value: unknown, what: string): z.output<S> {
  const result = z.safeParse(schema, value)
  if (!result.success) throw new CommandError(`${what} is missing or not right. See --help.`)
  return result.data
}

// Never an argument: arguments are seen by everybody on the machine and stay in the shell's history.
async function askPassword(): Promise<string> {
  if (!process.stdin.isTTY) {
    const lines = createInterface({ input: process.stdin })
    for await (const line of lines) return line
    return ''
  }
  const terminal = createInterface({ input: process.stdin, output: process.stderr })
  try {
    return await terminal.question('Password (at least 10 characters): ')
  } finally {
    terminal.close()
  }
}

const inWords = (error: unknown): never => {
  if (error instanceof Problem && error.code === 'email-taken')
    throw new CommandError(
      'Somebody has an account with this e-mail already. An administrator can make them administrator under People, or name another e-mail.',
    )
  if (error instanceof Problem) throw new CommandError(problems[error.code])
  throw error
}

export const createAdminCommand: Command = {
  name: 'create-admin',
  summary: 'make an administrator, or a one-time link for the first one',
  help: `Usage: lectern create-admin --email <e-mail> --name <name>
       lectern create-admin --link

Asks for the password, or reads it from the first line of the input.
With --link it prints an address that works once, for two days, while there is no administrator.

  lectern create-admin --email ada@example.org --name "Ada Lovelace"`,
  async run(args) {
    const { values } = parseArgs({
      args,
      options: { email: { type: 'string' }, name: { type: 'string' }, link: { type: 'boolean' } },
    })
    if (values.link) {
      const token = await actOnDatabase(createSetupToken).catch(inWords)
      const { publicUrl, port } = readConfig(process.env)
      console.log(`${publicUrl ?? `http://localhost:${port}`}${filled(publicPages.setup, { token })}`)
      return 0
    }
    const email = parsed(emailSchema, values.email, '--email')
    const name = parsed(personName, values.name, '--name')
    const typed = parsed(passwordSchema, await askPassword(), 'The password')
    try {
      demandStrong(typed, email, 'password')
      const passwordHash = await hashPassword(typed)
      await actOnDatabase(ctx => createMember(ctx, { name, email, passwordHash, siteRole: 'administrator' }))
    } catch (error) {
      inWords(error)
    }
    console.log(`${name} can sign in as administrator with ${email}`)
    return 0
  },
}
