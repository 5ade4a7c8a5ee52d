// The words of documents: what is read of real ones, and what is refused before it is unpacked.
import assert from 'node:assert/strict'
import { extractWords, tidied } from './extract.ts'
import { officeWords, XmlRefused } from './office.ts'
import { makeDocx, makePdf, makeZip } from './zip.fixture.ts'
import { readZip } from './zip.ts'

const openXml = 'application/vnd.openxmlformats-officedocument'
const docx = { type: `${openXml}.wordprocessingml.document`, most: 1_000 }

describe('the words of documents', () => {
  it('are read from Word, PowerPoint, Excel, OpenDocument and PDF', async () => {
    const read = (bytes: Uint8Array<ArrayBuffer>, type: string) => extractWords(bytes, { type, most: 1_000 })
    // As the thread does.
    const office = (bytes: Uint8Array, type: string) => ({
      words: tidied(officeWords(Buffer.from(bytes), type, 1_000)),
    })
    assert.deepEqual(await extractWords(makeDocx(['Cells &amp; mito&#99;hondria', 'Second']), { ...docx, most: 24 }), {
      words: 'Cells & mitochondria\n\nSe',
    })
    const slides = makeZip({
      'ppt/slides/slide10.xml': '<p:sld><a:p><a:t>Ten</a:t></a:p></p:sld>',
      'ppt/slides/slide2.xml': '<p:sld><a:p><a:t>Two</a:t></a:p></p:sld>',
      'ppt/notesSlides/notesSlide2.xml': '<a:t>For me alone</a:t>',
    })
    assert.deepEqual(office(slides, `${openXml}.presentationml.presentation`), { words: 'Two\n\nTen' })
    const sheet = makeZip({ 'xl/sharedStrings.xml': '<sst><si><t>Name</t></si><si><t>Mark</t></si></sst>' })
    assert.deepEqual(office(sheet, `${openXml}.spreadsheetml.sheet`), { words: 'Name\nMark' })
    const odt = makeZip({
      'content.xml': '<a><!-- no --><text:h>Head</text:h><text:p>a<text:s/><text:span>b</text:span></text:p></a>',
    })
    assert.deepEqual(office(odt, 'application/vnd.oasis.opendocument.text'), { words: 'Head\n\na b' })
    assert.deepEqual(await read(makePdf('Hello mitochondria'), 'application/pdf'), { words: 'Hello mitochondria' })
    assert.deepEqual(await read(makePdf(''), 'application/pdf'), { why: 'no text' })
    assert.deepEqual(await read(Uint8Array.from(Buffer.from('%PDF-1.7 not one')), 'application/pdf'), {
      why: 'unreadable',
    })
    // Never longer than one waits.
    assert.deepEqual(await extractWords(makeDocx(['slow']), { ...docx, waitMs: 0 }), { why: 'too long' })
  })

  it('are refused of bombs, liars and documents with a document type', async () => {
    const bomb = makeZip({ 'word/document.xml': Buffer.alloc(3 * 1024 * 1024) })
    assert.throws(() => readZip(Buffer.from(bomb)), /grows too much/)
    const liar = makeZip({ 'word/document.xml': Buffer.alloc(3 * 1024 * 1024) }, 1_000)
    assert.throws(() => readZip(Buffer.from(liar))[0]?.read(), { code: 'ERR_BUFFER_TOO_LARGE' })
    const many = makeZip(Object.fromEntries(Array.from({ length: 50 }, (_, at) => [`${at}`, 'x'])))
    assert.throws(() => readZip(Buffer.from(many), { entries: 49, unpacked: 1_000, ratio: 10 }), /too many/)
    assert.throws(() => readZip(Buffer.from(many), { entries: 50, unpacked: 49, ratio: 10 }), /too large/)
    assert.throws(() => readZip(Buffer.from(many.subarray(0, 200))), /no end/)
    const entities = makeDocx(['&a;'], '<!DOCTYPE d [<!ENTITY a "laugh">]>')
    assert.deepEqual(await extractWords(bomb, docx), { why: 'unreadable' })
    assert.throws(() => officeWords(Buffer.from(entities), docx.type, 1_000), XmlRefused)
  })
})
