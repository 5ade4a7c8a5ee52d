// The baselines of durable, ordered messages: a bare Socket.IO server that numbers a room's messages by a counter row.
// `one` is a transaction a message, as it is written first; `grouped`, the limit, one statement for what came in 4 ms.
// Neither knows rights, operations or names.
import { createServer } from 'node:http'
import pg from 'pg'
import { Server } from 'socket.io'

const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL ?? '', max: 10 })
await pool.query(`
  create table if not exists bench_rooms (id int primary key, last bigint not null);
  create table if not exists bench_messages (room int, number bigint, id uuid, author text, text text,
    at timestamptz, primary key (room, number));
  insert into bench_rooms values (1, 0) on conflict do nothing`)

interface Given {
  id: string
  author: string
  text: string
}
type Ack = (answer: { id: string; number: number }) => void

const server = createServer()
const io = new Server(server, { serveClient: false, transports: ['websocket'] })

async function insertOne({ id, author, text }: Given): Promise<number> {
  const client = await pool.connect()
  try {
    await client.query('begin')
    const { rows } = await client.query<{ last: string }>({
      name: 'number',
      text: 'update bench_rooms set last = last + 1 where id = 1 returning last',
    })
    const number = Number(rows[0]?.last)
    await client.query({
      name: 'message',
      text: 'insert into bench_messages (room, number, id, author, text, at) values (1, $1, $2, $3, $4, now())',
      values: [number, id, author, text],
    })
    await client.query('commit')
    return number
  } finally {
    client.release()
  }
}

let waiting: { given: Given; ack: Ack }[] = []
let writing = false

async function insertGroup(): Promise<void> {
  if (writing || waiting.length === 0) return
  writing = true
  const group = waiting.slice(0, 500)
  waiting = waiting.slice(500)
  const { rows } = await pool.query<{ last: string }>({
    name: 'messages',
    text: `with room as (update bench_rooms set last = last + $1 where id = 1 returning last), stored as (
             insert into bench_messages (room, number, id, author, text, at)
             select 1, room.last - $1 + given.place, given.id, given.author, given.text, now()
             from room, unnest($2::uuid[], $3::text[], $4::text[]) with ordinality as given(id, author, text, place)
           ) select last from room`,
    values: [
      group.length,
      group.map(one => one.given.id),
      group.map(one => one.given.author),
      group.map(one => one.given.text),
    ],
  })
  const first = Number(rows[0]?.last) - group.length + 1
  io.to('room').emit(
    'said',
    group.map(({ given }, index) => ({ ...given, number: first + index })),
  )
  for (const [index, { given, ack }] of group.entries()) ack({ id: given.id, number: first + index })
  writing = false
  if (waiting.length > 0) setImmediate(() => void insertGroup())
}

io.on('connection', socket => {
  socket.on('hear', (ack: () => void) => {
    void socket.join('room')
    ack()
  })
  socket.on('one', async (given: Given, ack: Ack) => {
    const number = await insertOne(given)
    io.to('room').emit('said', [{ ...given, number }])
    ack({ id: given.id, number })
  })
  socket.on('grouped', (given: Given, ack: Ack) => {
    waiting.push({ given, ack })
    if (waiting.length === 1) setTimeout(() => void insertGroup(), 4)
  })
})

server.listen(Number(process.env.PORT ?? 0), '127.0.0.1', () => {
  const bound = server.address()
  console.log(`ready: http://127.0.0.1:${typeof bound === 'object' && bound ? bound.port : 0}`)
})
