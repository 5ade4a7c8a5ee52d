// A server under measurement: a process of its own, pinned to one core where `taskset` exists, asked for its CPU time
// through /proc. Loopback only; killed when the case is over.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { cpus } from 'node:os'

const canPin = process.platform === 'linux' && cpus().length > 1 && spawnSync('taskset', ['--version']).status === 0
const ticksPerSecond = Number(spawnSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }).stdout) || 100

/** Puts this process (the load) on the second core, so that it does not run where the server does. */
export function pinLoad(): boolean {
  return canPin && spawnSync('taskset', ['-acp', '1', String(process.pid)]).status === 0
}

/** Where a server runs: alone on the first core, or wherever the system puts it. */
export type Core = 'first' | 'any'

export interface ServerProcess {
  readonly child: ChildProcess
  /** What it printed so far. */
  output(): string
  /** User and system CPU seconds so far. Linux only. */
  cpu(): number
  stop(): Promise<void>
  kill(): Promise<void>
}

// Nanoseconds of every thread where the kernel keeps them, else clock ticks: fields 14 and 15 of proc(5) stat, counted
// after the name in parentheses, which may hold spaces.
function cpuOfOne(pid: number): number {
  try {
    let sum = 0
    for (const thread of readdirSync(`/proc/${pid}/task`))
      sum += Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ')[0])
    return sum / 1e9
  } catch {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond
  }
}

/** CPU seconds that processes of this machine use between now and the call of what it answers. Gone ones count 0. */
export function watchCpu(pids: readonly number[]): () => number {
  const read = (pid: number): number | undefined => {
    try {
      return cpuOfOne(pid)
    } catch {
      return undefined
    }
  }
  const before = new Map(pids.map(pid => [pid, read(pid)]))
  return () => {
    let sum = 0
    for (const [pid, then] of before) {
      const now = read(pid)
      if (now !== undefined && then !== undefined) sum += now - then
    }
    return sum
  }
}

/** Starts `node <args>` and answers once a line of its output fits `ready`. */
export async function startServer(
  args: readonly string[],
  env: Record<string, string>,
  ready: RegExp,
  { core = 'first', cwd = process.cwd() }: { core?: Core; cwd?: string } = {},
): Promise<ServerProcess & { said: RegExpExecArray }> {
  const pinned = canPin && core === 'first'
  const all = pinned ? ['-c', '0', process.execPath, ...args] : [...args]
  const child = spawn(pinned ? 'taskset' : process.execPath, all, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  // A case that throws must not leave its servers behind.
  const atExit = () => child.kill('SIGKILL')
  process.once('exit', atExit)
  child.once('exit', () => process.off('exit', atExit))
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
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode !== null || child.signalCode !== null) return
    const gone = once(child, 'exit')
    child.kill(signal)
    const timer = setTimeout(() => child.kill('SIGKILL'), 15_000)
    await gone
    clearTimeout(timer)
  }
  return {
    child,
    said,
    output: () => output,
    cpu: () => cpuOfOne(child.pid ?? 0),
    stop: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
  }
}
