// Words in parts: what leads somewhere leads there alone, and nothing is read as markup.
import assert from 'node:assert/strict'
import { nameBeingTyped, nameFits, partsOf } from '#client/features/channels/words.ts'

const links = (text: string) => partsOf(text, []).flatMap(one => (one.is === 'link' ? [one.href] : []))
const whole = (text: string) =>
  partsOf(text, [])
    .map(one => one.text)
    .join('')

describe('the words of a message', () => {
  it('makes links of http and https alone, as they were meant', () => {
    for (const [text, href] of [
      ['see https://example.org.', 'https://example.org/'],
      ['(https://example.org/a_(b)) and', 'https://example.org/a_(b)'],
      ['http://example.org/?a=1&b=2, or', 'http://example.org/?a=1&b=2'],
      ['HTTPS://EXAMPLE.org/Ä', 'https://example.org/%C3%84'],
    ] as const) {
      assert.deepEqual(links(text), [href], text)
      assert.equal(whole(text), text)
    }
    for (const text of [
      'javascript:alert(1)',
      'data:text/html,<script>alert(1)</script>',
      'https://user:secret@example.org',
      'https://',
      '<a href="x">https</a>',
      'ftp://example.org',
    ])
      assert.deepEqual(links(text), [], text)
    assert.deepEqual(links('<img src="https://example.org/x.png" onerror=alert(1)>'), ['https://example.org/x.png'])
    assert.deepEqual(links('https://a.example/\u202ehttps://b.example/'), ['https://a.example/', 'https://b.example/'])
  })

  it('marks the names it was told of, the longest first', () => {
    const mentions = [
      { accountId: '1', name: 'Ada' },
      { accountId: '2', name: 'Ada Lovelace' },
    ]
    const names = partsOf('@Ada Lovelace, @Ada and @Adam, a@b, @Ben', mentions)
    assert.deepEqual(
      names.filter(one => one.is === 'name').map(one => one.text),
      ['@Ada Lovelace', '@Ada', '@Ada'],
    )
    assert.equal(names.map(one => one.text).join(''), '@Ada Lovelace, @Ada and @Adam, a@b, @Ben')
  })

  it('knows a name that is being typed', () => {
    assert.deepEqual(nameBeingTyped('Hi @ad', 6), { from: 3, q: 'ad' })
    assert.deepEqual(nameBeingTyped('@', 1), { from: 0, q: '' })
    assert.deepEqual(nameBeingTyped('@ada lo', 7), { from: 0, q: 'ada lo' })
    assert.equal(nameBeingTyped('a@b.org', 7), undefined)
    assert.equal(nameBeingTyped('@ada said so', 12), undefined)
  })

  it('knows whom what was typed can still mean', () => {
    assert.deepEqual(
      ['', 'ADA', 'love', 'ada lo', 'ce', 'lo ad', 'ben'].filter(q => nameFits('Ada Lovelace', q)),
      ['', 'ADA', 'love', 'ada lo'],
    )
  })
})
