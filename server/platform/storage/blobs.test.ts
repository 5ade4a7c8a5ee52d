// Blobs are stored whole or not at all, read by ranges, and named by ids alone.
import assert from 'node:assert/strict'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { pathToFileURL } from 'node:url'
import { newId } from '../db/id.ts'
import { diskBlobs } from './blobs.ts'

describe('blobs on disk', () => {
  let folder: string
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lectern blobs '))
  })
  after(() => rm(folder, { recursive: true, force: true }))

  it('gives back what was put, whole and by ranges, and removes it', async () => {
    const blobs = diskBlobs(pathToFileURL(folder).href)
    const id = newId()
    assert.equal(await blobs.put(id, Readable.from([Buffer.from('hello '), Buffer.from('class')]), 100), 11)
    assert.equal(await text((await blobs.get(id)).body), 'hello class')
    assert.equal(await text((await blobs.get(id, { from: 6, to: 8 })).body), 'cla')
    await blobs.remove(id)
    await assert.rejects(blobs.get(id), { code: 'not-found' })
  })

  it('leaves nothing behind when a stream is too long or breaks', async () => {
    const blobs = diskBlobs(pathToFileURL(folder).href)
    const id = newId()
    await assert.rejects(blobs.put(id, Readable.from([Buffer.alloc(50), Buffer.alloc(60)]), 100), { code: 'too-large' })
    const broken = Readable.from(
      (async function* () {
        yield Buffer.from('half')
        throw new Error('the line broke')
      })(),
    )
    await assert.rejects(blobs.put(id, broken, 100), /the line broke/)
    await assert.rejects(blobs.get(id), { code: 'not-found' })
    const left = (await readdir(folder, { recursive: true, withFileTypes: true })).filter(one => one.isFile())
    assert.deepEqual(left, [])
  })

  it('refuses a name that is no id', async () => {
    const blobs = diskBlobs(pathToFileURL(folder).href)
    await assert.rejects(blobs.get('../../etc/passwd'), { code: 'not-found' })
    await assert.rejects(blobs.put('..', Readable.from(['x']), 10), { code: 'not-found' })
  })
})
