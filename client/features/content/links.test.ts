// Which addresses a page may point to, with the tricks that have got past others.
import assert from 'node:assert/strict'
import { leavesSite, safeImage, safeLink } from './links.ts'

describe('addresses in a page', () => {
  it('lets the web, mail and this site through', () => {
    for (const good of [
      'https://example.org/a?b=c#d',
      'http://example.org',
      'mailto:a@example.org',
      '/courses',
      '/',
      '#part',
    ])
      assert.equal(safeLink(good), good)
    assert.equal(safeLink('  /courses '), '/courses')
  })

  it('refuses what could run, read or mislead', () => {
    for (const bad of [
      'javascript:alert(1)',
      ' JaVaScRiPt:alert(1)',
      'java\nscript:alert(1)',
      'java\tscript:alert(1)',
      '\u0001javascript:alert(1)',
      'data:text/html,<script>alert(1)</script>',
      'vbscript:x',
      'file:///etc/passwd',
      'blob:https://example.org/1',
      '//example.org/a',
      '/\\example.org',
      'example.org',
      '',
    ])
      assert.equal(safeLink(bad), undefined, JSON.stringify(bad))
  })

  it('shows pictures of this site alone', () => {
    assert.equal(safeImage('/files/1'), '/files/1')
    for (const bad of ['https://example.org/a.png', '//example.org/a.png', 'data:image/png;base64,AA', 'a.png', ''])
      assert.equal(safeImage(bad), undefined, bad)
  })

  it('knows what leaves the site', () => {
    assert.equal(leavesSite('https://example.org'), true)
    assert.equal(leavesSite('/courses'), false)
    assert.equal(leavesSite('mailto:a@example.org'), false)
  })
})
