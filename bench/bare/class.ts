// The baseline of a large class: a bare Socket.IO server whose people are in three rooms, as ours hear themselves, the class
// and its channel, and whose answers are acknowledged at once, kept by nobody.
import { createServer } from 'node:http'
import { Server } from 'socket.io'

const server = createServer()
const io = new Server(server, { serveClient: false, transports: ['websocket'], perMessageDeflate: false })

io.on('connection', socket => {
  void socket.join([`user:${socket.id}`, 'run', 'channel'])
  socket.emit('hello', {})
  socket.on('answer', (given: { operation: string }, ack: (answer: { operation: string }) => void) => ack(given))
})

server.listen(Number(process.env.PORT ?? 0), '127.0.0.1', () => {
  const bound = server.address()
  console.log(`ready: http://127.0.0.1:${typeof bound === 'object' && bound ? bound.port : 0}`)
})
