// The demo school as tests meet it: filled once a run, copied for each who asks.
import assert from 'node:assert/strict'
import { seedDemo } from '#server/seeds/demo-school.ts'
import { filledDatabase, testNode } from './harness.ts'

// Answers the code of the class that stands open.
async function fillSchool(databaseUrl: string): Promise<string> {
  const node = await testNode({ databaseUrl })
  const { code } = await seedDemo(node)
  assert.ok(code)
  await node.stop()
  return code
}

/** A database of one's own that holds the demo school, with the code of the class that stands open in it. */
export const schoolDatabase = async (): Promise<{ databaseUrl: string; code: string }> => {
  const { url: databaseUrl, answer: code } = await filledDatabase('school', fillSchool)
  return { databaseUrl, code }
}
