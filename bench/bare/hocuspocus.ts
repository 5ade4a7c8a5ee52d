// A baseline of documents: Hocuspocus with its defaults, in memory, without rights or storage.
import { Server } from '@hocuspocus/server'

const server = new Server({
  port: Number(process.env.PORT ?? 0),
  address: '127.0.0.1',
  quiet: true,
  stopOnSignals: false,
})
await server.listen()
console.log(`ready: http://127.0.0.1:${server.address.port}`)
