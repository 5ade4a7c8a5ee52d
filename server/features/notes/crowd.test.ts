// Eight people write one note on two processes while one of these is killed and takes some of their replicas with it:
// what was called saved is there, and everybody has the stored document. The fault suite does the same with fifty.
import assert from 'node:assert/strict'
import { randomBytes, randomInt } from 'node:crypto'
import { closeDatabase, connectDatabase } from '#server/platform/db/sequelize.ts'
import { readDocument } from '#server/platform/docs/stored.ts'
import { makeCourse, makePerson } from '#server/test/classes.ts'
import { Crowd } from '#server/test/crowd.ts'
import { atEndOfFile } from '#server/test/endings.ts'
import { signIn, testCtx } from '#server/test/factories.ts'
import { testDatabase, waitFor } from '#server/test/harness.ts'
import { nodeProcess } from '#server/test/node-process.ts'
import { notes } from './tables.ts'

describe('a note on two nodes', () => {
  it('loses nothing that was called saved when one of them is killed', async () => {
    const { url: databaseUrl } = await testDatabase()
    connectDatabase(databaseUrl)
    atEndOfFile(closeDatabase)
    const secretKey = randomBytes(32).toString('hex')
    const nodes = await Promise.all([1, 2].map(() => nodeProcess({ databaseUrl, secretKey })))
    const { courseId } = await makeCourse()
    const note = await notes.findOne({ where: { courseId }, rejectOnEmpty: true })
    const cookies = await Promise.all(
      Array.from({ length: 8 }, async (_, index) => {
        const token = await signIn(await makePerson(courseId, 'learner', `Editor ${index}`))
        return `lectern=${token}`
      }),
    )
    const alive = new Set(nodes.map(node => node.url))
    const seed = randomInt(2 ** 31)
    const crowd = new Crowd({ seed, documentId: note.id, cookies, urls: () => [...alive], pauseMs: 60 })
    atEndOfFile(async () => crowd.close())
    await crowd.served()
    crowd.start()
    await waitFor(() => crowd.saved > 150, 'some edits to be saved', 30_000)
    const [first] = nodes
    assert.ok(first)
    alive.delete(first.url)
    const killed = first.kill()
    // All of them: nobody is left to bring what the node had not written.
    assert.ok(crowd.loseReplicasOn(first.url, 1) > 0)
    await killed
    const before = crowd.saved
    await waitFor(() => crowd.saved > before + 150, 'edits to be saved again', 30_000)
    const { lost, differing, kept } = await crowd.settle(async () => (await readDocument(testCtx(), note.id)).doc)
    assert.deepEqual({ lost, differing }, { lost: [], differing: [] }, `seed ${seed}`)
    assert.ok(kept >= crowd.saved)
  })
})
