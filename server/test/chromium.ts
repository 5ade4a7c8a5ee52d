// Where a Chromium is on this machine, and the switches it is started with. None of them weakens what the
// page's own security does: the stories must see what people's browsers see.

import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

const places = (): string[] => {
  const named = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
  const onPath = (process.env.PATH ?? '').split(delimiter).flatMap(folder => named.map(name => join(folder, name)))
  const windows = [process.env.PROGRAMFILES, process.env['PROGRAMFILES(X86)'], process.env.LOCALAPPDATA]
    .filter(folder => folder !== undefined)
    .flatMap(folder => [
      join(folder, 'Google', 'Chrome', 'Application', 'chrome.exe'),
      join(folder, 'Microsoft', 'Edge', 'Application', 'msedge.exe'),
    ])
  return [
    '/usr/bin/chromium',
    ...onPath,
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
    ...windows,
  ]
}

const canRun = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** The path in CHROMIUM_PATH, else the first browser found in the usual places; null when there is none. */
export function findChromium(): string | null {
  const given = process.env.CHROMIUM_PATH
  if (given !== undefined && given !== '') return given
  return places().find(canRun) ?? null
}

/** Chromium's own sandbox cannot start as root; CHROMIUM_NO_SANDBOX=1 says the same of other machines. */
export function chromiumArguments(): string[] {
  const bare = process.getuid?.() === 0 || process.env.CHROMIUM_NO_SANDBOX === '1'
  return [
    '--disable-gpu',
    '--disable-background-networking',
    '--disable-dev-shm-usage',
    ...(bare ? ['--no-sandbox'] : []),
  ]
}
