// Holds the embedded database of the folder given on the command line until it is told to stop, and prints
// what happens as lines of JSON. Tests start it to kill it.

import { startEmbedded } from '#server/platform/postgres/embedded.ts'

const tell = (line: unknown): boolean => process.stdout.write(`${JSON.stringify(line)}\n`)

const hold = async (dataDir: string): Promise<void> => {
  const { url, isNew, stop } = await startEmbedded({ dataDir, say: said => tell({ said }) })
  process.on('SIGTERM', () => void stop().then(() => process.exit(0)))
  setInterval(() => undefined, 1_000)
  tell({ url, isNew })
}

hold(process.argv[2] ?? '').catch((error: Error) => {
  tell({ failed: error.name, message: error.message })
  process.exit(1)
})
