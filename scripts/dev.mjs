// `npm run dev`: the server restarted at each change, and Vite in front of it for the client. Ends both when
// either ends or Ctrl-C is pressed. Each stands in a group of its own: Ctrl-C goes to a whole group, and a server that is
// asked to stop twice stops at once, without its database.

import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { checkNode, endWithParent, install, root } from './prepare.mjs'

checkNode()
endWithParent()
install({ withDev: true })
const port = process.env.PORT ?? '8080'
const bin = (name, ...path) => join(root, 'node_modules', name, ...path)

const parts = [
  [bin('tsx', 'dist', 'cli.mjs'), 'watch', '--clear-screen=false', join(root, 'server', 'cli', 'lectern.ts'), 'serve'],
]
if (existsSync(join(root, 'client', 'index.html'))) parts.push([bin('vite', 'bin', 'vite.js')])

const client = parts[1]
const children = parts.map(args =>
  spawn(process.execPath, args, {
    cwd: root,
    // Vite's own words are read for where it is.
    stdio: ['ignore', args === client ? 'pipe' : 'inherit', 'inherit'],
    detached: process.platform !== 'win32',
    env: { ...process.env, PORT: port, ...(args === client && process.stdout.isTTY ? { FORCE_COLOR: '1' } : {}) },
  }),
)

// Both say where they are; which of the two to open is said last, when both can answer.
async function sayWhich(address) {
  const ready = () =>
    fetch(`http://localhost:${port}/readyz`).then(
      answer => answer.ok,
      () => false,
    )
  while (!ending && !(await ready())) await new Promise(resolve => setTimeout(resolve, 500))
  await new Promise(resolve => setTimeout(resolve, 500))
  if (ending) return
  console.log(`\nOpen ${address}: it follows what you change.`)
  console.log(`http://localhost:${port} is the server behind it, with the client as it was built last.`)
}
let ending = false
let told = false
children[1]?.stdout.on('data', chunk => {
  process.stdout.write(chunk)
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the colours of a terminal.
  const [, address] = /Local:\s+(\S+)/.exec(String(chunk).replace(/\u001b\[[0-9;]*m/g, '')) ?? []
  if (!address || told) return
  told = true
  void sayWhich(address)
})
const end = () => {
  if (ending) return
  ending = true
  for (const child of children) child.kill('SIGTERM')
}
for (const child of children) child.on('exit', end)
process.on('SIGINT', end)
process.on('SIGTERM', end)
