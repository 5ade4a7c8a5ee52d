// What tests brought up and must take down again. Loaded into every mocha process as its root hooks, so it
// must stay light: unit tests pay for it too.

import type { Suite } from 'mocha'

type Ending = () => Promise<unknown>

const ofFile: Ending[] = []
const ofProcess: Ending[] = []

/** Runs `ending` when the outermost describe block that is running now is over, newest first. */
export const atEndOfFile = (ending: Ending): void => {
  ofFile.push(ending)
}

/** Runs `ending` when every test of this process is over. */
export const atEndOfProcess = (ending: Ending): void => {
  ofProcess.push(ending)
}

// One failure must not keep the rest standing.
async function run(endings: Ending[]): Promise<void> {
  const failures: unknown[] = []
  for (let ending = endings.pop(); ending !== undefined; ending = endings.pop()) {
    await ending().catch((error: unknown) => failures.push(error))
  }
  if (failures.length > 0) throw new AggregateError(failures, 'What a test brought up did not go down')
}

/** Mocha's root hooks; .mocharc.json names this file. */
export const mochaHooks = {
  beforeAll(this: Mocha.Context): void {
    const root = this.test?.parent
    // A hook added to each outermost describe, after the file's own: by then its tests are over.
    for (const suite of root?.suites ?? ([] as Suite[])) suite.afterAll('take down', () => run(ofFile))
  },
  async afterAll(): Promise<void> {
    await run(ofFile)
    await run(ofProcess)
  },
}
