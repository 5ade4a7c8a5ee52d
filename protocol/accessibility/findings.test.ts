// What is found in pages and files, where it stands, and what is no finding.
import assert from 'node:assert/strict'
import type { DocumentMark, DocumentNode } from '../content/document.ts'
import { describeImage, fileFindings, findingRules, findingsOf, gravityOf } from './findings.ts'
import { saysNothing } from './link-words.ts'

const text = (words: string, href?: string, more: DocumentMark[] = []): DocumentNode => ({
  type: 'text',
  text: words,
  marks: [...more, ...(href ? [{ type: 'link', attrs: { href } } as const] : [])],
})
const paragraph = (...content: DocumentNode[]): DocumentNode => ({ type: 'paragraph', content })
const heading = (level: number, words: string): DocumentNode => ({
  type: 'heading',
  attrs: { level },
  content: words === '' ? [] : [text(words)],
})
const image = (attrs: object): DocumentNode => ({ type: 'image', attrs: { fileId: 'f', ...attrs } })
const table = (type: 'tableHeader' | 'tableCell'): DocumentNode => ({
  type: 'table',
  content: [{ type: 'tableRow', content: [{ type, content: [paragraph(text('Head'))] }] }],
})
const found = (...content: DocumentNode[]) =>
  findingsOf({ content }).map(one => `${one.rule} ${one.block} ${one.node} ${one.words}`.trim())

describe('findings', () => {
  it('are made of pictures, headings, links, tables and what is embedded, with their place', () => {
    assert.deepEqual(
      found(
        paragraph(
          text('Read '),
          text('he', '/a'),
          text('re', '/a', [{ type: 'bold' }]),
          text(' and '),
          text('here', '/b'),
        ),
        { type: 'blockquote', content: [image({}), image({ alt: 'A cell' }), image({ decorative: true })] },
        image({ alt: 'IMG_2031.jpg' }),
        heading(2, 'Cells'),
        heading(4, 'Walls'),
        heading(1, ' '),
        table('tableCell'),
        table('tableHeader'),
        { type: 'embed', attrs: { address: 'https://x.org/v', title: '' } },
      ),
      [
        'link-words 0 2 here',
        'link-words 0 5 here',
        'image-alt 1 7',
        'image-name 2 10 IMG_2031.jpg',
        'heading-skip 4 13 Walls',
        'heading-empty 5 15',
        'table-head 6 17 Head',
        'embed-title 8 27 https://x.org/v',
      ],
    )
    // One picture and not a word: what it says, nobody else reads.
    assert.deepEqual(found(image({ alt: 'The whole timetable' })), ['image-only 0 0'])
    assert.deepEqual(found(image({ decorative: true })), [])
    assert.deepEqual(found(heading(3, 'Begins too deep'), heading(1, 'Fine'), heading(2, 'Fine')), [
      'heading-skip 0 0 Begins too deep',
    ])
    assert.ok(findingRules.every(rule => gravityOf[rule] !== undefined))
  })

  it('know words of links that say nothing, in several languages', () => {
    for (const words of [
      'Here',
      'click here!',
      ' READ MORE… ',
      'https://x.org/a?b',
      'www.x.org',
      'اقرأ المزيد',
      'هُنا',
      'Aquí',
      '→',
      '',
    ])
      assert.ok(saysNothing(words), words)
    for (const words of ['Here is the plan', 'The plan (PDF)', 'خطة الدرس', 'x.org, our library'])
      assert.ok(!saysNothing(words), words)
  })

  it('are made of films without captions and PDFs without text', () => {
    const file = { form: 'video', captions: 0, textless: false }
    assert.deepEqual(fileFindings(file)[0]?.rule, 'captions')
    assert.deepEqual(fileFindings({ ...file, captions: 1 }), [])
    assert.deepEqual(fileFindings({ ...file, form: 'pdf', textless: true })[0]?.rule, 'pdf-text')
    assert.deepEqual(fileFindings({ ...file, form: 'image', textless: true }), [])
  })

  it('of a picture are mended where it stands', () => {
    const document = {
      schema: 1,
      content: [paragraph(text('x')), { type: 'blockquote', content: [image({})] } as const],
    }
    const [first] = findingsOf(document)
    const mended = describeImage(document, first?.node ?? -1, { alt: 'A cell', decorative: false })
    assert.deepEqual(findingsOf(mended), [])
    assert.deepEqual(findingsOf(describeImage(document, 0, { alt: 'x', decorative: false })), findingsOf(document))
  })
})
