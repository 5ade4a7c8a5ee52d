// The baseline of rooms that are elsewhere: a bare Socket.IO node with the classic Redis adapter, which hears every room of
// every node.
import { createServer } from 'node:http'
import { createAdapter } from '@socket.io/redis-adapter'
import { Redis } from 'ioredis'
import { Server } from 'socket.io'

const url = process.env.REDIS_URL ?? ''
const server = createServer()
const io = new Server(server, {
  serveClient: false,
  transports: ['websocket'],
  adapter: createAdapter(new Redis(url), new Redis(url), { key: process.env.ADAPTER_KEY ?? 'bench' }),
})

io.on('connection', socket => {
  socket.on('hear', (room: string, ack: () => void) => {
    void socket.join(room)
    ack()
  })
  socket.on('say', (text: string, ack: () => void) => {
    io.to('busy').emit('said', text)
    ack()
  })
})

server.listen(Number(process.env.PORT ?? 0), '127.0.0.1', () => {
  const bound = server.address()
  console.log(`ready: http://127.0.0.1:${typeof bound === 'object' && bound ? bound.port : 0}`)
})
