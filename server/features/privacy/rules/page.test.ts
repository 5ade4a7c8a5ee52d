// What a copy looks like inside, and the arithmetic of ages. Pure.
import assert from 'node:assert/strict'
import { fileNames, wholeWords, withoutName } from './names.ts'
import { copyWords, indexPage } from './page.ts'
import { isNight, monthsBefore } from './times.ts'

describe('the rules of copies and ages', () => {
  it('give every file a name of its own that no system stumbles over', () => {
    assert.deepEqual(fileNames(['a.txt', 'a.txt', '../../etc/passwd', 'a\\b:c?', '', '.hidden', 'a.txt']), [
      'a.txt',
      'a (2).txt',
      '__.._etc_passwd',
      'a_b_c_',
      '_',
      '_hidden',
      'a (3).txt',
    ])
  })

  it('write a page in which nothing that people typed is markup', () => {
    const words = copyWords(
      { privacy: { copyTitle: 'About {name}', copyMore: '500 of {count}' }, copy: { text: 'wording <i>' } },
      { locale: 'en', dir: 'ltr', timeZone: 'Europe/Berlin' },
    )
    const rows = Array.from({ length: 501 }, (_, n) => ({ sent_at: n, text: '<script>alert(1)</script>' }))
    const html = indexPage(words, { name: 'A & <b>B</b>', day: 'today', files: ['"x".txt'] }, [
      { feature: 'channels', body: { messages: rows, reads: [], picture: null } },
      { feature: 'empty', body: { nothing: [] } },
      {
        feature: 'facts',
        body: {
          one: {
            minor: false,
            lastSeenAt: '2026-06-01T22:30:00.000Z',
            notYet: '2026-99-99T00:00:00Z',
            tags: ['a', '<b>'],
          },
          tree: [{ move: { picked: ['x'], deep: { deeper: { '<i>': 1 } } } }],
        },
      },
    ])
    assert.match(html, /<h1>About A &amp; &lt;b&gt;B&lt;\/b&gt;<\/h1>/)
    assert.doesNotMatch(html, /<script|id="empty"/)
    assert.match(html, /<th scope="col">sent at<\/th>/)
    assert.match(html, /500 of 501/)
    assert.match(html, /<th scope="col">wording &lt;i&gt;<\/th>/)
    assert.match(html, /<dt>minor<\/dt><dd dir="auto">copyNo<\/dd>/)
    // By the clocks of whom it is about; what only looks like a time stays as it is.
    assert.match(html, /<time datetime="2026-06-01T22:30:00\.000Z">Jun 2, 2026, 12:30\sAM<\/time>/)
    assert.match(html, /<dd dir="auto">2026-99-99T00:00:00Z<\/dd>/)
    assert.match(html, /<dd dir="auto">a, &lt;b&gt;<\/dd>/)
    assert.match(html, /<code>\{&quot;&lt;i&gt;&quot;:1\}<\/code>/)
    assert.match(html, /<nav aria-label="copyContents"><ul><li><a href="#channels">/)
    assert.match(html, /href="files\/%22x%22\.txt">&quot;x&quot;\.txt</)
  })

  it('count months back, to the last day where a month is short', () => {
    const day = (at: string, months: number) => monthsBefore(new Date(at), months).toISOString().slice(0, 10)
    assert.equal(day('2026-03-31T02:10:00Z', 1), '2026-02-28')
    assert.equal(day('2026-11-30T23:59:00Z', 24), '2024-11-30')
    assert.equal(day('2028-02-29T00:00:00Z', 12), '2027-02-28')
    assert.equal(day('2026-01-15T00:00:00Z', 1), '2025-12-15')
    assert.deepEqual(
      ['01:59', '02:00', '02:59', '03:00'].map(time => isNight(new Date(`2026-06-01T${time}:00Z`))),
      [false, true, true, false],
    )
  })

  it('take a name out of a reason, and look for it as a whole', () => {
    const who = { name: 'J. Doe (2)', email: 'j@doe.example' }
    assert.equal(withoutName('j. doe (2) <J@DOE.example> left', who), '… <…> left')
    assert.equal(wholeWords('J. Doe'), '(^|[^[:alnum:]])J\\. Doe($|[^[:alnum:]])')
  })
})
