// The baselines of the answer storm: a bare Socket.IO server with one prepared INSERT an answer through ten
// connections, and Koa with Sequelize's create. Both acknowledge after the commit; neither knows rights, lateness,
// repeated operations or attempts. `kept` and /kept give the guarantees we give (kept-answers.ts). `grouped` is the limit:
// the bare engine with one statement for what came in 4 ms.
import Router from '@koa/router'
import { json } from 'co-body'
import Koa from 'koa'
import pg from 'pg'
import { DataTypes, type Model, Sequelize } from 'sequelize'
import { Server } from 'socket.io'
import { keepAnswer, keeperOf, makeKeptTables, type Receipt, type Given as ToKeep } from './kept-answers.ts'

const url = process.env.DATABASE_URL ?? ''
const pool = new pg.Pool({ connectionString: url, max: 10 })
const sequelize = new Sequelize(url, { dialect: 'postgres', logging: false, pool: { max: 10 } })
const answers = sequelize.define<Model>(
  'bench_answers',
  {
    id: { type: DataTypes.UUID, primaryKey: true },
    author: { type: DataTypes.TEXT, allowNull: false },
    item: { type: DataTypes.TEXT, allowNull: false },
    move: { type: DataTypes.JSONB, allowNull: false },
    at: { type: DataTypes.DATE, allowNull: false },
  },
  { timestamps: false, freezeTableName: true },
)
await answers.sync()
await makeKeptTables(pool)
const keepByModels = keeperOf(sequelize)

interface Given {
  id: string
  author: string
  item: string
  move: unknown
}

const app = new Koa()
const router = new Router()
router.post('/answers', async ctx => {
  const given = (await json(ctx.req)) as Given
  await answers.create({ ...given, at: new Date() })
  ctx.body = { id: given.id }
})
router.post('/kept', async ctx => {
  ctx.body = await keepByModels((await json(ctx.req)) as ToKeep)
})
app.use(router.routes())

const server = app.listen(Number(process.env.PORT ?? 0), '127.0.0.1', () => {
  const bound = server.address()
  console.log(`ready: http://127.0.0.1:${typeof bound === 'object' && bound ? bound.port : 0}`)
})

// Longer than a case: a connection closed while a request is on its way would end the load process.
server.keepAliveTimeout = 120_000

interface Waiting {
  given: Given
  ack: (answer: { id: string }) => void
}
const waiting: Waiting[] = []

async function insertGroup(): Promise<void> {
  const group = waiting.splice(0, 200)
  if (group.length === 0) return
  await pool.query({
    name: 'answers',
    text: `insert into bench_answers (id, author, item, move, at)
           select * from unnest($1::uuid[], $2::text[], $3::text[], $4::jsonb[], $5::timestamptz[])`,
    values: [
      group.map(one => one.given.id),
      group.map(one => one.given.author),
      group.map(one => one.given.item),
      group.map(one => JSON.stringify(one.given.move)),
      group.map(() => new Date()),
    ],
  })
  for (const { given, ack } of group) ack({ id: given.id })
}

new Server(server, { serveClient: false, transports: ['websocket'] }).on('connection', socket => {
  socket.on('answer', async (given: Given, ack: (answer: { id: string }) => void) => {
    await pool.query({
      name: 'answer',
      text: 'insert into bench_answers (id, author, item, move, at) values ($1, $2, $3, $4, $5)',
      values: [given.id, given.author, given.item, JSON.stringify(given.move), new Date()],
    })
    ack({ id: given.id })
  })
  socket.on('kept', async (given: ToKeep, ack: (answer: Receipt) => void) => {
    ack(await keepAnswer(pool, given))
  })
  socket.on('grouped', (given: Given, ack: (answer: { id: string }) => void) => {
    waiting.push({ given, ack })
    if (waiting.length === 1) setTimeout(() => void insertGroup(), 4)
    else if (waiting.length === 200) void insertGroup()
  })
})
