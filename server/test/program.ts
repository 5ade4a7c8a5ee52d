// The `lectern` command for tests that start it in a process of its own: the one `npm test` has built, as it is shipped,
// else its sources.
import { fileURLToPath, pathToFileURL } from 'node:url'

const tsx = pathToFileURL(fileURLToPath(new URL('../../node_modules/tsx/dist/loader.mjs', import.meta.url))).href
/** What Node is started with for a file of sources. */
export const fromSource = (file: string): readonly string[] => ['--import', tsx, file]

const sources = ['--import', tsx, fileURLToPath(new URL('../cli/lectern.ts', import.meta.url))]

/** What Node is started with, before the words of the command. */
export const program: readonly string[] = process.env.TEST_PROGRAM === undefined ? sources : [process.env.TEST_PROGRAM]
