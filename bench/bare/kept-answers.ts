// The answer storm's baselines with the guarantees we give: a repeated operation is answered from what is stored, every
// seat has its attempt, answers of one seat and item are numbered, the receipt is kept. Neither rights nor lateness nor
// tallies. Once as the shortest SQL we could write, one prepared statement an answer, and once as Sequelize has it.
import { createHmac } from 'node:crypto'
import type pg from 'pg'
import { DataTypes, type Model, type Sequelize } from 'sequelize'

export interface Given {
  readonly id: string
  readonly operation: string
  readonly delivery: string
  readonly author: string
  readonly item: string
  readonly move: unknown
}

/** What is acknowledged. */
export interface Receipt {
  readonly responseId: string
  readonly itemId: string
  readonly revision: number
  readonly at: string
}

const hashOf = ({ delivery, item, move }: Given) =>
  createHmac('sha256', 'a key of the application').update(JSON.stringify({ delivery, item, move })).digest()

/** Makes the tables, with the indexes ours have and no foreign keys. */
export const makeKeptTables = (pool: pg.Pool): Promise<unknown> =>
  pool.query(`
    create table kept_operations (author uuid not null, operation uuid not null, input_hash bytea not null,
      result json, at timestamptz not null, primary key (author, operation));
    create index on kept_operations (at);
    create table kept_attempts (id uuid primary key, delivery uuid not null, account uuid not null,
      started_at timestamptz not null, unique (delivery, account));
    create table kept_responses (id uuid primary key, delivery uuid not null, attempt uuid not null, item uuid not null,
      revision int not null, author uuid not null, operation uuid not null, move jsonb not null, at timestamptz not null,
      unique (attempt, item, revision), unique (author, operation));
    create index on kept_responses (delivery, item, attempt, revision)`)

const keepSql = `
  with made as (
    insert into kept_attempts (id, delivery, account, started_at) values ($1, $2, $3, $8)
    on conflict (delivery, account) do nothing returning id
  ), seat as (
    select id from made union all select id from kept_attempts where delivery = $2 and account = $3 limit 1
  ), written as (
    insert into kept_responses (id, delivery, attempt, item, revision, author, operation, move, at)
    select $4, $2, id, $5,
           coalesce((select max(revision) from kept_responses where attempt = seat.id and item = $5), 0) + 1,
           $3, $6, $7, $8
      from seat
    returning revision
  )
  insert into kept_operations (author, operation, input_hash, result, at)
  select $3, $6, $9, json_build_object('responseId', $4::uuid, 'itemId', $5::uuid, 'revision', revision, 'at', $10::text), $8
    from written
  returning result`

/** One answer in one statement, which is one transaction; a conflict is a repeated operation or a number just taken. */
export async function keepAnswer(pool: pg.Pool, given: Given): Promise<Receipt> {
  const at = new Date()
  const hash = hashOf(given)
  const { id, delivery, author, item, operation, move } = given
  for (;;) {
    try {
      const { rows } = await pool.query<{ result: Receipt }>({
        name: 'keep',
        text: keepSql,
        values: [id, delivery, author, id, item, operation, JSON.stringify(move), at, hash, at.toISOString()],
      })
      if (rows[0]) return rows[0].result
    } catch (error) {
      if ((error as { code?: string }).code !== '23505') throw error
      const { rows } = await pool.query<{ result: Receipt; input_hash: Buffer }>(
        'select result, input_hash from kept_operations where author = $1 and operation = $2',
        [author, operation],
      )
      if (rows[0] && !rows[0].input_hash.equals(hash)) throw new Error('The operation was used for something else')
      if (rows[0]) return rows[0].result
    }
  }
}

/** The same through models: operation, attempt, number, response and result in one transaction. */
export function keeperOf(sequelize: Sequelize): (given: Given) => Promise<Receipt> {
  // Made anew for each column: Sequelize writes the column's name into what it is given.
  const uuid = () => ({ type: DataTypes.UUID, allowNull: false })
  const key = () => ({ ...uuid(), primaryKey: true })
  const instant = () => ({ type: DataTypes.DATE, allowNull: false })
  const options = { timestamps: false, freezeTableName: true }
  const operations = sequelize.define<Model>(
    'kept_operations',
    {
      author: key(),
      operation: key(),
      inputHash: { type: DataTypes.BLOB, allowNull: false, field: 'input_hash' },
      result: DataTypes.JSON,
      at: instant(),
    },
    options,
  )
  const attempts = sequelize.define<Model>(
    'kept_attempts',
    { id: key(), delivery: uuid(), account: uuid(), startedAt: { ...instant(), field: 'started_at' } },
    options,
  )
  const responses = sequelize.define<Model>(
    'kept_responses',
    {
      id: key(),
      delivery: uuid(),
      attempt: uuid(),
      item: uuid(),
      revision: { type: DataTypes.INTEGER, allowNull: false },
      author: uuid(),
      operation: uuid(),
      move: { type: DataTypes.JSONB, allowNull: false },
      at: instant(),
    },
    options,
  )
  return given =>
    sequelize.transaction(async transaction => {
      const at = new Date()
      const { id, delivery, author, item, operation, move } = given
      const known = await operations.findOne({ where: { author, operation }, transaction })
      if (known) return known.get('result') as Receipt
      const seat =
        (await attempts.findOne({ where: { delivery, account: author }, transaction })) ??
        (await attempts.create({ id, delivery, account: author, startedAt: at }, { transaction }))
      const attempt = seat.get('id') as string
      const last = await responses.max<number | null, Model>('revision', { where: { attempt, item }, transaction })
      const revision = (last ?? 0) + 1
      await responses.create({ id, delivery, attempt, item, revision, author, operation, move, at }, { transaction })
      const result: Receipt = { responseId: id, itemId: item, revision, at: at.toISOString() }
      await operations.create({ author, operation, inputHash: hashOf(given), result, at }, { transaction })
      return result
    })
}
