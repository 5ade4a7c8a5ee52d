// The baselines of the reads: Koa with prepared statements (/pg/…) and Koa with Sequelize's models (/models/…) on the same
// tables. Each asks who it is by the session and whether they are in the course, reads what the screen shows with as few
// statements as a programmer would write first, and answers as many bytes as we do. Neither knows conditions, overrides
// of roles, drafts, paging or what other features have to say.
import { createHash } from 'node:crypto'
import Router from '@koa/router'
import Koa, { type Context } from 'koa'
import pg from 'pg'
import { DataTypes, type Model, Op, Sequelize } from 'sequelize'

const url = process.env.DATABASE_URL ?? ''
const pool = new pg.Pool({ connectionString: url, max: 10 })
const sequelize = new Sequelize(url, {
  ...{ dialect: 'postgres', logging: false, pool: { max: 10 } },
  define: { timestamps: false, underscored: true, freezeTableName: true },
})
const id = { type: DataTypes.UUID, primaryKey: true }
const sessions = sequelize.define<Model>('sessions', { id, tokenHash: DataTypes.BLOB, expiresAt: DataTypes.DATE })
const accounts = sequelize.define<Model>('accounts', { id, name: DataTypes.TEXT, email: DataTypes.TEXT })
const courses = sequelize.define<Model>('courses', { id, title: DataTypes.TEXT, summary: DataTypes.TEXT })
const enrolments = sequelize.define<Model>('enrolments', { id, at: DataTypes.DATE, endedAt: DataTypes.DATE })
const items = sequelize.define<Model>('items', {
  ...{ id, title: DataTypes.TEXT, kind: DataTypes.TEXT, published: DataTypes.BOOLEAN, removedAt: DataTypes.DATE },
})
sessions.belongsTo(accounts)
enrolments.belongsTo(accounts)
enrolments.belongsTo(courses)
items.belongsTo(courses)

const prepared = async (name: string, text: string, values: readonly unknown[]) =>
  (await pool.query({ name, text, values: [...values] })).rows

const tokenOf = (ctx: Context) =>
  createHash('sha256')
    .update((ctx.get('cookie').split('=')[1] ?? '').trim())
    .digest()

const bytes = { today: 0, course: 0, people: 0 }
const filled = (what: keyof typeof bytes, answer: object) => ({
  ...answer,
  rest: '.'.repeat(Math.max(0, bytes[what] - JSON.stringify(answer).length)),
})

const router = new Router()
router.get('/bytes/:today/:course/:people', ctx => {
  for (const what of ['today', 'course', 'people'] as const) bytes[what] = Number(ctx.params[what])
  ctx.body = bytes
})

const whoPrepared = async (ctx: Context): Promise<string> => {
  const text = `select a.id from sessions s join accounts a on a.id = s.account_id
                where s.token_hash = $1 and s.expires_at > now() and a.suspended_at is null`
  return (await prepared('who', text, [tokenOf(ctx)]))[0].id
}
const enrolledPrepared = (courseId: string | undefined, who: string) =>
  prepared('enrolled', 'select 1 from enrolments where course_id = $1 and account_id = $2 and ended_at is null', [
    courseId,
    who,
  ])
router.get('/pg/today', async ctx => {
  const text = `select i.id, i.title, c.title as course from enrolments e join courses c on c.id = e.course_id
                join items i on i.course_id = c.id and i.kind = 'homework' and i.published
                where e.account_id = $1 and e.ended_at is null limit 100`
  ctx.body = filled('today', { items: await prepared('today', text, [await whoPrepared(ctx)]) })
})
router.get('/pg/course/:id', async ctx => {
  await enrolledPrepared(ctx.params.id, await whoPrepared(ctx))
  const [course] = await prepared('course', 'select id, title, summary from courses where id = $1', [ctx.params.id])
  ctx.body = filled('course', { course })
})
router.get('/pg/people/:id', async ctx => {
  await enrolledPrepared(ctx.params.id, await whoPrepared(ctx))
  const text = `select a.id, a.name, a.email, e.at from enrolments e join accounts a on a.id = e.account_id
                where e.course_id = $1 and e.ended_at is null order by a.name, a.id limit 50`
  ctx.body = filled('people', { items: await prepared('people', text, [ctx.params.id]) })
})

const whoModels = async (ctx: Context): Promise<unknown> => {
  const where = { tokenHash: tokenOf(ctx), expiresAt: { [Op.gt]: new Date() } }
  return (await sessions.findOne({ where, include: accounts }))?.get('accountId')
}
const enrolledModels = (courseId: string | undefined, accountId: unknown) =>
  enrolments.findOne({ where: { courseId, accountId, endedAt: null } })
router.get('/models/today', async ctx => {
  const own = await enrolments.findAll({ where: { accountId: await whoModels(ctx), endedAt: null }, include: courses })
  const where = { courseId: own.map(one => one.get('courseId') as string), kind: 'homework', published: true }
  ctx.body = filled('today', { items: await items.findAll({ where, include: courses, limit: 100 }) })
})
router.get('/models/course/:id', async ctx => {
  await enrolledModels(ctx.params.id, await whoModels(ctx))
  ctx.body = filled('course', { course: await courses.findByPk(ctx.params.id) })
})
router.get('/models/people/:id', async ctx => {
  await enrolledModels(ctx.params.id, await whoModels(ctx))
  const where = { courseId: ctx.params.id, endedAt: null }
  const order: [typeof accounts, string, string][] = [[accounts, 'name', 'ASC']]
  ctx.body = filled('people', { items: await enrolments.findAll({ where, include: accounts, order, limit: 50 }) })
})

const app = new Koa()
app.use(router.routes())
const server = app.listen(Number(process.env.PORT ?? 0), '127.0.0.1', () => {
  const bound = server.address()
  console.log(`ready: http://127.0.0.1:${typeof bound === 'object' && bound ? bound.port : 0}`)
})
server.keepAliveTimeout = 120_000
