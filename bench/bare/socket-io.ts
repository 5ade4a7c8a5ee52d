// The baseline of the busy room: a bare Socket.IO server that emits to one room what it is told, without numbers,
// rights, storage or metrics. `batched` gathers as long as our hub does and emits one array: the limit of the engine.
import { createServer } from 'node:http'
import { Server } from 'socket.io'

const gatherMs = 10
const server = createServer()
const io = new Server(server, { serveClient: false, transports: ['websocket'] })
let waiting: string[] = []

io.on('connection', socket => {
  void socket.join('room')
  socket.on('say', (text: string, ack: () => void) => {
    io.to('room').emit('said', text)
    ack()
  })
  socket.on('batched', (text: string, ack: () => void) => {
    waiting.push(text)
    if (waiting.length === 1)
      setTimeout(() => {
        io.to('room').emit('saidTogether', waiting)
        waiting = []
      }, gatherMs)
    ack()
  })
})

server.listen(Number(process.env.PORT ?? 0), '127.0.0.1', () => {
  const bound = server.address()
  console.log(`ready: http://127.0.0.1:${typeof bound === 'object' && bound ? bound.port : 0}`)
})
