// The command line: help for everything, a sentence for mistakes, exit codes.

import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { testDatabase, waitFor } from '#server/test/harness.ts'
import { program } from '#server/test/program.ts'
import { commands } from './main.ts'

describe('the lectern command', () => {
  const folder = mkdtempSync(join(tmpdir(), 'lectern-cli-'))
  after(() => rmSync(folder, { recursive: true, force: true }))

  const lectern = (args: readonly string[], env: Record<string, string> = {}) => {
    const done = spawnSync(process.execPath, [...program, ...args], {
      cwd: folder,
      encoding: 'utf8',
      env: { PATH: process.env.PATH, HOME: folder, ...env },
    })
    return { code: done.status, out: done.stdout, said: done.stderr }
  }

  it('lists every command, and each has a help that begins with its usage', () => {
    const { code, out } = lectern(['--help'])
    assert.equal(code, 0)
    for (const command of commands) {
      assert.match(out, new RegExp(`^  ${command.name} `, 'm'))
      assert.match(command.help, new RegExp(`^Usage: lectern ${command.name}`))
    }
  })

  it('answers an unknown command with the list and 2', () => {
    const { code, said } = lectern(['sreve'])
    assert.equal(code, 2)
    assert.match(said, /There is no command "sreve"/)
  })

  it('lists all wrong settings without a stack', () => {
    const { code, said } = lectern(['serve'], { PORT: 'x', LOG_LEVEL: 'loud' })
    assert.equal(code, 1)
    assert.match(said, /PORT must be[\s\S]*LOG_LEVEL must be/)
    assert.doesNotMatch(said, /\n\s+at /)
  })

  it('says in a sentence that the database cannot be reached', () => {
    const env = { DATABASE_URL: 'postgres://x@127.0.0.1:1/x', SECRET_KEY: 'k'.repeat(32), PORT: '0' }
    const { code, said } = lectern(['serve'], env)
    assert.equal(code, 1)
    assert.match(said, /^The database of DATABASE_URL cannot be used: [^\n]*\n$/)
  })

  it('takes signals that come together as one wish, and drains', async () => {
    const { url } = await testDatabase()
    const child = spawn(process.execPath, [...program, 'serve'], {
      cwd: folder,
      env: { PATH: process.env.PATH, DATABASE_URL: url, SECRET_KEY: 'k'.repeat(32), PORT: '0', LOG_LEVEL: 'silent' },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    let out = ''
    child.stdout.on('data', (data: Buffer) => {
      out += data.toString()
    })
    const ended = new Promise(resolve => child.once('exit', (code, signal) => resolve(code ?? signal)))
    await waitFor(() => out.includes('Stop it with Ctrl-C'), 'the node')
    child.kill('SIGINT')
    child.kill('SIGTERM')
    child.kill('SIGHUP')
    assert.equal(await ended, 0)
    assert.match(out, /finishing what is in flight/)
  })

  it('migrates and has nothing wrong to report', async () => {
    const { url } = await testDatabase()
    const env = { DATABASE_URL: url, SECRET_KEY: 'k'.repeat(32) }
    assert.match(lectern(['migrate'], env).out, /up to date/)
    const doctor = lectern(['doctor'], env)
    assert.equal(doctor.code, 0, doctor.out)
    assert.match(doctor.out, /well {3}PostgreSQL \d+/)
    assert.match(doctor.out, /well {3}Packages of H5P are played by what is in .*h5p-standalone/)
    const wrong = lectern(['doctor'], { ...env, H5P_PLAYER: '/nowhere' })
    assert.equal(wrong.code, 1)
    assert.match(wrong.out, /WRONG {2}H5P_PLAYER must be the folder `dist`/)
  })
})
