// Every column that names an account is answered for by hooks (`npm run check` sees to that); this says that a merge keeps
// what they promise: each of them names the account that stays, or is among those that are left on purpose.
import assert from 'node:assert/strict'
import pg from 'pg'
import type { AccountId } from '#protocol/base/ids.ts'
import { eraseAccount, mergeAccounts, registerAccountHooks } from '#server/features/accounts/index.ts'
import { features } from '#server/features.ts'
import type { NamedJob, WriteCtx } from '#server/platform/ctx.ts'
import { closeDatabase, connectDatabase } from '#server/platform/db/sequelize.ts'
import { arrange, makeAccount, testCtx } from './factories.ts'
import { testDatabase } from './harness.ts'

// One id for everything that is no account, so that each row belongs to each other.
const one = '0190b0b0-0000-7000-8000-000000000001'

interface Column {
  readonly table: string
  readonly column: string
  readonly type: string
  /** What its check allows first. */
  readonly word: string | null
}

const sample = ({ type, word }: Column): string => {
  if (type === 'uuid') return `'${one}'`
  if (type === 'text') return `'${word ?? 'x'}'`
  if (/^(json|jsonb)$/.test(type)) return `'{}'`
  if (/^timestamp|^date/.test(type)) return 'now()'
  if (type === 'ARRAY') return `'{}'`
  if (type === 'bytea') return `'\\x00'`
  if (type === 'tsvector') return `''`
  return type === 'boolean' ? 'false' : '1'
}

describe('what names an account', () => {
  const columns = features.flatMap(feature => feature.account?.columns ?? [])
  const kept = features.flatMap(feature => feature.account?.kept ?? [])
  let url = ''
  // No node: what rows of no sense would do to its clocks is not asked here.
  before(async () => {
    url = (await testDatabase()).url
    connectDatabase(url)
    // Nor what is worked out anew from them.
    registerAccountHooks(
      features.map(({ account, ...feature }) => {
        if (account === undefined) return feature
        const { merged: _, ...hooks } = account
        return { ...feature, account: hooks }
      }),
    )
  })
  after(closeDatabase)

  it('names the account that stays once two are merged, but for what is left on purpose', async () => {
    const [from, into] = [await makeAccount({ name: 'Goes' }), await makeAccount({ name: 'Stays' })]
    await fill(from)
    await done(ctx => mergeAccounts(ctx, from, into), /\.merged$/)
    assert.deepEqual(await columnsWith(from), [...kept].sort())
    // What has come over is erased with the rest, but for what each feature says it needs, and why.
    await done(ctx => eraseAccount(ctx, into), /\.erased$/)
    // Two go with the words of a channel, a job each (depth.test.ts of channels): these rows are in none.
    const besides: readonly string[] = [...kept, 'mentions.account_id', 'reactions.account_id']
    const left = (await columnsWith(into)).filter(column => !besides.includes(column))
    const stays = features.flatMap(feature => Object.keys(feature.account?.stays ?? {}))
    assert.deepEqual(left, stays.filter(column => !kept.some(one => one === column)).sort())
    assert.deepEqual(
      stays.filter(column => !columns.some(one => one === column)),
      [],
    )
  })

  /** Runs an action and those of its jobs whose names end so. */
  async function done(action: (ctx: WriteCtx) => Promise<void>, ending: RegExp): Promise<void> {
    const jobs: { job: NamedJob; data: object }[] = []
    const enqueue = async (job: NamedJob, data: object) => void jobs.push({ job, data })
    await arrange(ctx => action({ ...ctx, enqueue }))
    const bound = features.flatMap(feature => feature.jobs ?? []).flatMap(job => ('run' in job ? [job] : []))
    for (const { job, data } of jobs) {
      if (!ending.test(job.name)) continue
      await arrange(
        ctx => bound.find(binding => binding.name === job.name)?.run({ ...ctx, enqueue }, data) as Promise<void>,
      )
    }
  }

  async function columnsWith(accountId: AccountId): Promise<string[]> {
    const found: string[] = []
    for (const address of columns) {
      const [table, column] = address.split('.')
      const rows = await testCtx().sql(`select 1 from ${table} where ${column} = $1`, [accountId])
      if (rows.length > 0) found.push(address)
    }
    return found.sort()
  }

  // A row in every table, whose accounts are all this one. Nothing is checked there meanwhile, so that no order matters.
  async function fill(accountId: AccountId): Promise<void> {
    const client = new pg.Client(url)
    await client.connect()
    try {
      await fillWith(client, accountId)
    } finally {
      await client.end()
    }
  }

  async function fillWith(client: pg.Client, accountId: AccountId): Promise<void> {
    const { rows: rules } = await client.query<{ table: string; name: string }>(
      `select conrelid::regclass::text as table, conname as name from pg_constraint
        where contype in ('c', 'f') and connamespace = 'public'::regnamespace and conparentid = 0 order by contype desc`,
    )
    const { rows } = await client.query<Column & { needed: boolean }>(
      `select c.table_name as table, c.column_name as column, c.data_type as type,
              c.is_nullable = 'NO' and c.column_default is null and c.is_generated = 'NEVER' as needed,
              (select substring(pg_get_constraintdef(k.oid) from '''([a-z][a-z -]*)''::text') from pg_constraint k
                where k.contype = 'c' and k.conrelid = c.table_name::regclass
                  and pg_get_constraintdef(k.oid) ~ ('\\m' || c.column_name || ' = ANY') limit 1) as word
         from information_schema.columns c join pg_tables t on t.schemaname = 'public' and t.tablename = c.table_name
        where c.table_schema = 'public' and c.table_name <> 'accounts' order by c.ordinal_position`,
    )
    for (const { table, name } of rules) await client.query(`alter table ${table} drop constraint if exists "${name}"`)
    await client.query('set session_replication_role = replica')
    for (const table of new Set(rows.map(row => row.table))) {
      const filled = rows.filter(
        row => row.table === table && (row.needed || columns.includes(`${table}.${row.column}`)),
      )
      if (filled.length === 0) continue
      const values = filled.map(row => (columns.includes(`${table}.${row.column}`) ? `'${accountId}'` : sample(row)))
      await client.query(`insert into ${table} (${filled.map(row => `"${row.column}"`)}) values (${values})`)
    }
  }
})
