// An archive of any size is read piece by piece, as it was written, and never beyond what it says of itself.
import assert from 'node:assert/strict'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import yazl from 'yazl'
import { makeZip } from './zip.fixture.ts'
import { listZip, openZipEntry, openZipRange, type ZipSource, zipLimits } from './zip.ts'

const sourceOf = (bytes: Buffer): ZipSource => ({
  size: bytes.length,
  read: async (from, length) => bytes.subarray(from, from + length),
  open: async (from, length) => Readable.from([bytes.subarray(from, from + length)]),
})

async function written(forceZip64Format: boolean): Promise<Buffer> {
  const zip = new yazl.ZipFile()
  zip.addBuffer(Buffer.from('one '.repeat(1_000)), 'one.txt', { forceZip64Format })
  zip.addReadStream(Readable.from(['two, ', 'streamed']), 'folder/two.txt', { compress: false, forceZip64Format })
  zip.addBuffer(Buffer.alloc(0), 'nothing', { forceZip64Format })
  zip.end({ forceZip64Format, comment: '' })
  return buffer(zip.outputStream as Readable)
}

describe('a zip archive', () => {
  for (const form of ['small', 'large'] as const)
    it(`is read in its ${form} form`, async () => {
      const source = sourceOf(await written(form === 'large'))
      const entries = await listZip(source, zipLimits)
      const words = await Promise.all(
        entries.map(async one => `${one.name} ${(await buffer(await openZipEntry(source, one))).length}`),
      )
      assert.deepEqual(words, ['one.txt 4000', 'folder/two.txt 13', 'nothing 0'])
    })

  it('gives any part of an entry, packed or not, and reads no further', async () => {
    const long = Buffer.from(Array.from({ length: 400_000 }, (_, at) => String.fromCharCode(97 + (at % 26))).join(''))
    const zip = new yazl.ZipFile()
    zip.addBuffer(long, 'packed.txt')
    zip.addBuffer(long, 'plain.txt', { compress: false })
    zip.end()
    const source = sourceOf(await buffer(zip.outputStream as Readable))
    for (const entry of await listZip(source, { ...zipLimits, ratio: 1_000 }))
      for (const [from, to] of [
        [0, 0],
        [3, 30],
        [65_000, 140_000],
        [399_999, 399_999],
      ] as const) {
        const part = await buffer(await openZipRange(source, entry, { from, to }))
        assert.ok(part.equals(long.subarray(from, to + 1)), `${entry.name} ${from}-${to}`)
      }
  })

  it('is refused where it says less than it holds, is cut off, or is small and many', async () => {
    const liar = sourceOf(Buffer.from(makeZip({ 'a.txt': 'a'.repeat(2_000) }, 20)))
    const [entry] = await listZip(liar, zipLimits)
    await assert.rejects(async () => buffer(await openZipEntry(liar, entry ?? assert.fail())), { fault: 'grows' })
    const bytes = await written(true)
    await assert.rejects(listZip(sourceOf(bytes.subarray(0, bytes.length - 30)), zipLimits), { fault: 'none' })
    const many = sourceOf(await written(false))
    await assert.rejects(listZip(many, { ...zipLimits, entries: 2 }), { fault: 'large' })
    await assert.rejects(listZip(many, { ...zipLimits, unpacked: 100 }), { fault: 'large' })
    for (const method of [0, 8]) {
      const hollow = Buffer.from(makeZip({ 'a.txt': '' }, 1))
      const entry = hollow.lastIndexOf('PK\x01\x02')
      hollow.writeUInt16LE(method, entry + 10)
      hollow.writeUInt32LE(0, entry + 20)
      await assert.rejects(listZip(sourceOf(hollow), zipLimits), { fault: 'none' })
    }
    const zeros = Buffer.alloc(1024 * 1024)
    const names = Array.from({ length: 80 }, (_, place) => `${place}.bin`)
    const swarm = sourceOf(Buffer.from(makeZip(Object.fromEntries(names.map(name => [name, zeros])))))
    await assert.rejects(listZip(swarm, zipLimits), { fault: 'grows' })
  })
})
