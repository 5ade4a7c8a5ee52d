// Blobs are stored whole or not at all, read by ranges, and named by ids alone.
import assert from 'node:assert/strict'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
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
    const put = async (...parts: string[]) => {
      const piece = await blobs.receive(Readable.from(parts.map(part => Buffer.from(part))), 100)
      for (const _again of [1, 2]) await piece.become(id)
      await piece.drop()
      return piece.size
    }
    assert.equal(await put('what was there before'), 21)
    assert.equal(await put('hello ', 'class'), 11)
    assert.equal(await text((await blobs.get(id)).body), 'hello class')
    assert.equal(await text((await blobs.get(id, { from: 6, to: 8 })).body), 'cla')
    const { size, body } = await blobs.get(id)
    await blobs.remove(id)
    assert.deepEqual([size, await text(body)], [11, 'hello class'])
    await assert.rejects(blobs.get(id), { code: 'not-found' })
  })

  it('does not take a storage that cannot be read for one that has nothing', async () => {
    const file = join(folder, 'a file')
    await writeFile(file, 'no folder')
    await assert.rejects(diskBlobs(pathToFileURL(file).href).get(newId()), { code: 'ENOTDIR' })
    await rm(file)
  })

  it('leaves nothing behind when a stream is too long or breaks', async () => {
    const blobs = diskBlobs(pathToFileURL(folder).href)
    await assert.rejects(blobs.receive(Readable.from([Buffer.alloc(50), Buffer.alloc(60)]), 100), { code: 'too-large' })
    const broken = Readable.from(
      (async function* () {
        yield Buffer.from('half')
        throw new Error('the line broke')
      })(),
    )
    await assert.rejects(blobs.receive(broken, 100), /the line broke/)
    const left = (await readdir(folder, { recursive: true, withFileTypes: true })).filter(one => one.isFile())
    assert.deepEqual(left, [])
  })

  it('refuses a name that is no id', async () => {
    const blobs = diskBlobs(pathToFileURL(folder).href)
    await assert.rejects(blobs.get('../../etc/passwd'), { code: 'not-found' })
    const piece = await blobs.receive(Readable.from(['x']), 10)
    await assert.rejects(piece.become('..'), { code: 'not-found' })
    await piece.drop()
  })
})
