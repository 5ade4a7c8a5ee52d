// A node on the database of the environment, which may call this machine as the embedded one may. Tests start it to kill it.
import { startNode } from '#server/main.ts'
import { readConfig } from '#server/platform/config.ts'

const node = await startNode({ ...readConfig(process.env), webhooksLoopback: true })
process.on('SIGTERM', () => void node.stop().then(() => process.exit(0)))
process.stdout.write(`Lectern is ready: ${node.url}\n`)
