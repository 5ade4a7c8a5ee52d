// A baseline of documents: @y/websocket-server as its package starts it, in memory, without rights or storage.
import { createServer } from 'node:http'
import { setupWSConnection } from '@y/websocket-server/utils'
import { WebSocketServer } from 'ws'

const server = createServer()
const sockets = new WebSocketServer({ server, perMessageDeflate: false })
sockets.on('connection', (socket, request) => setupWSConnection(socket, request))

server.listen(Number(process.env.PORT ?? 0), '127.0.0.1', () => {
  const bound = server.address()
  console.log(`ready: http://127.0.0.1:${typeof bound === 'object' && bound ? bound.port : 0}`)
})
