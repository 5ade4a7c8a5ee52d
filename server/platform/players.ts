// Players of others for what people bring, which are not ours to ship: a school brings them, as a folder of files that the
// content origin gives out. Development has them from its packages.
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

/** What the folder of the player for H5P must hold: it is the `dist` of h5p-standalone (docs/decisions/0031-h5p.md). */
const h5pFiles = ['main.bundle.js', 'frame.bundle.js', 'styles/h5p.css']

/** What a folder lacks to be the player for H5P; undefined for nothing. */
export const lacksForH5p = (folder: string): string | undefined =>
  h5pFiles.find(file => !existsSync(join(folder, ...file.split('/'))))

/** The player for H5P among the packages that are installed here; null where there is none. */
export function installedH5p(): string | null {
  try {
    const folder = join(dirname(createRequire(import.meta.url).resolve('h5p-standalone/package.json')), 'dist')
    return lacksForH5p(folder) === undefined ? folder : null
  } catch {
    return null
  }
}
