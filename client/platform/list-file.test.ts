// Lists as spreadsheets save them, byte by byte: names keep their letters, and a guess is called one.
import assert from 'node:assert/strict'
import { readList, textOfList } from './list-file.ts'

const name = 'Jürgen Groß'
const utf16le = (text: string) => [...text].flatMap(letter => [letter.charCodeAt(0) & 255, letter.charCodeAt(0) >> 8])
const read = (...bytes: readonly number[]) => textOfList(Uint8Array.from(bytes))

describe('the text of a list', () => {
  it('is UTF-8, with a mark and without', () => {
    assert.deepEqual(textOfList(new TextEncoder().encode(name)), { text: name, guessed: false })
    assert.deepEqual(read(0xef, 0xbb, 0xbf, 0xc3, 0xbc), { text: 'ü', guessed: false })
    assert.deepEqual(read(), { text: '', guessed: false })
  })

  it('is UTF-16 where its mark says so', () => {
    assert.deepEqual(read(0xff, 0xfe, ...utf16le(name)), { text: name, guessed: false })
    assert.deepEqual(read(0xfe, 0xff, 0x00, 0xdf, 0x20, 0xac), { text: 'ß€', guessed: false })
  })

  it('is Windows text where it is no UTF-8, and says that this was guessed', async () => {
    // Without the signs from 0x80 to 0x9f, which some versions of Node.js get wrong: a story reads those in a browser.
    const bytes = [0x4a, 0xfc, 0x72, 0x67, 0x65, 0x6e, 0x20, 0x47, 0x72, 0x6f, 0xdf]
    assert.deepEqual(read(...bytes), { text: name, guessed: true })
    assert.deepEqual(await readList(new Blob([Uint8Array.from(bytes)])), { text: name, guessed: true })
  })
})
