// What mails look like and what failures on their way mean: nothing that people typed gets out of its place.
import assert from 'node:assert/strict'
import { fateOf, pauseAfter } from './fate.ts'
import { type Letter, writeLetter } from './letter.ts'

const origin = 'https://learn.example.org'
const letter: Letter = {
  locale: 'en-GB',
  subject: 'Hello\r\nBcc: everybody@example.org',
  lines: ['From <b>Zoë</b> & "friends"\nnew line'],
  action: { label: 'Open', path: '/invite/abc' },
  foot: ['Why you get this.'],
}

describe('a letter', () => {
  it('keeps what people typed in its place: no header, no markup', () => {
    const { subject, html, text } = writeLetter(letter, origin)
    assert.equal(subject, 'Hello Bcc: everybody@example.org')
    assert.match(html, /From &lt;b&gt;Zoë&lt;\/b&gt; &amp; &quot;friends&quot; new line/)
    assert.match(text, /^From <b>Zoë<\/b> & "friends" new line\n/)
  })

  it('links only to paths under the public address, and loads nothing', () => {
    const { html, text, headers } = writeLetter(letter, origin)
    assert.match(text, /\nhttps:\/\/learn\.example\.org\/invite\/abc\n/)
    assert.doesNotMatch(html, /<img|src=|url\(/)
    assert.equal(headers['List-Unsubscribe'], undefined)
    for (const path of ['https://elsewhere.example', '//elsewhere.example', 'invite/abc'])
      assert.throws(() => writeLetter({ ...letter, action: { label: 'Open', path } }, origin), path)
  })

  it('runs the way of its language, and says how to leave in one click', () => {
    const leave = { label: 'إيقاف', path: '/leave/x', postPath: '/api/v1/leave/x' }
    const { html, headers } = writeLetter({ ...letter, locale: 'ar-EG', leave }, origin)
    assert.match(html, /<html lang="ar" dir="rtl">/)
    assert.equal(headers['List-Unsubscribe'], `<${origin}/api/v1/leave/x>`)
    assert.equal(headers['List-Unsubscribe-Post'], 'List-Unsubscribe=One-Click')
  })
})

describe('a failure on the way of a mail', () => {
  it('is tried again when the server may be mended or asks for it, and else given up', () => {
    const said = (responseCode: number, command: string) =>
      fateOf({ responseCode, command, response: `${responseCode} no` })
    assert.deepEqual(said(451, 'RCPT TO'), { reason: 'later', again: true, answer: '451 no' })
    assert.deepEqual(said(550, 'RCPT TO'), { reason: 'address', again: false, answer: '550 no' })
    assert.deepEqual(said(554, 'DATA'), { reason: 'refused', again: false, answer: '554 no' })
    assert.equal(fateOf({ code: 'EAUTH', responseCode: 535 }).again, true)
    assert.equal(fateOf({ code: 'ESOCKET', message: 'connect ECONNREFUSED' }).reason, 'unreachable')
  })

  it('is told without anybody’s address', () => {
    assert.equal(fateOf({ response: '550 <ana@example.org> is unknown' }).answer, '550 <…> is unknown')
  })

  it('ends after about a day', () => {
    const all = Array.from({ length: 20 }, (_, tries) => pauseAfter(tries + 1)).filter(pause => pause !== undefined)
    const hours = all.reduce((sum, pause) => sum + pause, 0) / 3_600
    assert.ok(hours > 20 && hours < 30, String(hours))
    assert.equal(pauseAfter(20), undefined)
  })
})
