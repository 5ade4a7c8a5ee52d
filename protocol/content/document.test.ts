// What a page may hold: everything on the list, rebuilt; nothing else, however it is dressed.
import assert from 'node:assert/strict'
import { type DocumentNode, filesIn, pageLink, plainText, readDocument } from './document.ts'
import { embedOf } from './embeds.ts'

const text = (words: string, marks?: object[]) => ({ type: 'text', text: words, ...(marks ? { marks } : {}) })
const page = (...content: object[]) => ({ schema: 1, content })
const id = '01900000-0000-7000-8000-000000000001'

describe('the document of a page', () => {
  it('keeps what the list allows and drops attributes it does not name', () => {
    const read = readDocument(
      page(
        { type: 'heading', attrs: { level: 2, style: 'color:red', onclick: 'x' }, content: [text('One')] },
        {
          type: 'paragraph',
          content: [text('two', [{ type: 'bold' }, { type: 'link', attrs: { href: '/x', rel: 'me' } }])],
        },
        { type: 'image', attrs: { fileId: id, alt: 'A leaf', src: 'https://elsewhere.example/x.png' } },
        { type: 'callout', attrs: { tone: 'tip' }, content: [{ type: 'paragraph', content: [text('three')] }] },
      ),
    )
    assert.deepEqual(read?.content, [
      { type: 'heading', attrs: { level: 2 }, content: [text('One')] },
      { type: 'paragraph', content: [text('two', [{ type: 'bold' }, { type: 'link', attrs: { href: '/x' } }])] },
      { type: 'image', attrs: { fileId: id, alt: 'A leaf' } },
      { type: 'callout', attrs: { tone: 'tip' }, content: [{ type: 'paragraph', content: [text('three')] }] },
    ])
    assert.deepEqual(filesIn(read ?? { schema: 1, content: [] }), [id])
    assert.equal(plainText(read ?? { content: [] }), 'One\n\ntwo\n\nA leaf\n\nthree')
  })

  it('refuses nodes it does not know, nodes in the wrong place, and trees without end', () => {
    let deep: object = { type: 'paragraph', content: [text('x')] }
    for (let level = 0; level < 30; level++) deep = { type: 'blockquote', content: [deep] }
    const refused = [
      page({ type: 'script', content: [text('x')] }),
      page({ type: '__proto__' }),
      page(text('loose')),
      page({ type: 'paragraph', content: [{ type: 'paragraph' }] }),
      page({ type: 'image', attrs: { fileId: '../../etc/passwd' } }),
      page({ type: 'horizontalRule', content: [text('x')] }),
      page({ type: 'paragraph', content: [text('')] }),
      page({ type: 'paragraph', content: [text('x'.repeat(200_001))] }),
      page(...Array.from({ length: 20_001 }, () => ({ type: 'paragraph' }))),
      page(deep),
      { schema: 2, content: [] },
      { content: [] },
      [],
      null,
    ]
    for (const one of refused) assert.equal(readDocument(one), undefined, JSON.stringify(one)?.slice(0, 80))
  })

  it('keeps the words of a link that may not be one', () => {
    for (const href of [
      'javascript:alert(1)',
      ' JaVaScRiPt:x',
      '//evil.example',
      'data:text/html,x',
      'java\tscript:x',
      '/\\evil',
    ])
      assert.equal(pageLink(href), undefined, href)
    const read = readDocument(
      page({ type: 'paragraph', content: [text('x', [{ type: 'link', attrs: { href: 'javascript:alert(1)' } }])] }),
    )
    assert.deepEqual(read?.content[0]?.content?.[0], text('x') as DocumentNode)
  })

  it('knows the players of a few sites by the addresses they give out', () => {
    assert.equal(embedOf('https://youtu.be/dQw4w9WgXcQ?t=3')?.src, 'https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ')
    assert.equal(embedOf('https://www.youtube.com/watch?list=x&v=dQw4w9WgXcQ')?.site, 'YouTube')
    assert.equal(embedOf('https://vimeo.com/76979871')?.src, 'https://player.vimeo.com/video/76979871?dnt=1')
    assert.equal(embedOf('https://www.geogebra.org/m/gyahsgap')?.site, 'GeoGebra')
    for (const other of ['https://evil.example/youtu.be/dQw4w9WgXcQ', 'https://youtu.be/short', 'javascript:x'])
      assert.equal(embedOf(other), undefined, other)
  })
})
