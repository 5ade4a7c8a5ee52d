// Where the server of this folder answers: written when it is ready, read by commands that talk to it over the wire. A
// hint only; an address that nobody answers at any more is told to the person by the command that tried it.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Config } from '#server/platform/config.ts'

const fileOf = (config: Config): string => join(config.dataDir, 'address')

/** Notes the address of the server that has just become ready; answers what takes the note away. */
export function noteAddress(config: Config, address: string): () => void {
  mkdirSync(config.dataDir, { recursive: true })
  writeFileSync(fileOf(config), `${address}\n`)
  return () => rmSync(fileOf(config), { force: true })
}

/** The noted address, else the one the settings lead to. */
export function runningAddress(config: Config): string {
  try {
    return readFileSync(fileOf(config), 'utf8').trim()
  } catch {
    return `http://localhost:${config.port || 8080}`
  }
}
