// A server under measurement: a process of its own, pinned to one core where `taskset` exists, asked for its CPU time
// through /proc or, for ours elsewhere, its metrics. Loopback only; killed when the case is over.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'

const canPin = process.platform === 'linux' && spawnSync('taskset', ['--version']).status === 0
const ticksPerSecond = Number(spawnSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }).stdout) || 100

/** Puts this process (the load) on the last core, so that it does not run where the server does. */
export function pinLoad(): boolean {
  return canPin && spawnSync('taskset', ['-cp', '1', String(process.pid)]).status === 0
}

export interface ServerProcess {
  readonly child: ChildProcess
  /** User and system CPU seconds so far. */
  cpu(): number
  stop(): Promise<void>
}

/** Starts `node <args>` on core 0 and answers once a line of its output fits `ready`. */
export async function startServer(
  args: readonly string[],
  env: Record<string, string>,
  ready: RegExp,
  cwd = process.cwd(),
): Promise<ServerProcess & { said: RegExpExecArray }> {
  const command = canPin ? 'taskset' : process.execPath
  const all = canPin ? ['-c', '0', process.execPath, ...args] : [...args]
  const child = spawn(command, all, { cwd, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  const said = await new Promise<RegExpExecArray>((resolve, reject) => {
    const hear = (chunk: Buffer) => {
      output += chunk.toString()
      const found = ready.exec(output)
      if (found) resolve(found)
    }
    child.stdout.on('data', hear)
    child.stderr.on('data', hear)
    child.once('exit', code => reject(new Error(`The server ended with ${code} before it was ready:\n${output}`)))
  })
  return {
    child,
    said,
    cpu() {
      // Fields 14 and 15 of proc(5) stat, counted after the name in parentheses, which may hold spaces.
      const stat = readFileSync(`/proc/${child.pid}/stat`, 'utf8')
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
      return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond
    },
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return
      const gone = once(child, 'exit')
      child.kill('SIGTERM')
      const timer = setTimeout(() => child.kill('SIGKILL'), 15_000)
      await gone
      clearTimeout(timer)
    },
  }
}
