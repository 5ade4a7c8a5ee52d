// `npm run dev`: the server restarted at each change, and Vite in front of it for the client. Ends both when
// either ends or Ctrl-C is pressed.

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

const children = parts.map(args =>
  spawn(process.execPath, args, { cwd: root, stdio: 'inherit', env: { ...process.env, PORT: port } }),
)
let ending = false
const end = () => {
  if (ending) return
  ending = true
  for (const child of children) child.kill('SIGTERM')
}
for (const child of children) child.on('exit', end)
process.on('SIGINT', end)
process.on('SIGTERM', end)
