// What a run of tests says last, from reports as the reporter writes them.
import assert from 'node:assert/strict'
import { emptyReport, failureLines, placeOf, type Report, slowestLines } from './test-report.ts'

const stack = `AssertionError [ERR_ASSERTION]: 1 == 2
    at strictEqual (node:assert:1:2)
    at waitFor (/here/server/test/wait-for.ts:3:4)
    at wrap (/here/node_modules/mocha/lib/runner.js:3:4)
    at Context.<anonymous> (file:///here/server/a.test.ts:12:5)
    at later (/here/server/b.ts:1:1)`

const failing: Report = {
  ...emptyReport(),
  failures: 1,
  failed: [
    {
      file: '/here/server/a.test.ts',
      title: 'a thing holds',
      message: '1 == 2\n\nmore',
      stack,
      cause: 'none came',
      stood: ['somebody at /you'],
    },
  ],
  took: { '/here/server/a.test.ts': 1234, '/here/server/c.test.ts': 20 },
}

describe('what a run of tests says last', () => {
  it('names each failure with its file, title, message, cause and its place in the test', () => {
    assert.deepEqual(failureLines([emptyReport(), failing], '/here'), [
      'Failed:',
      '  ✗ server/a.test.ts › a thing holds',
      '      1 == 2',
      '      more',
      '      because: none came',
      '      at Context.<anonymous> (server/a.test.ts:12:5)',
      '      somebody at /you',
    ])
  })

  it('says nothing of failures when there are none', () => {
    assert.deepEqual(failureLines([emptyReport()], '/here'), [])
  })

  it('keeps a message of thousands of lines short', () => {
    const long = {
      ...failing,
      failed: failing.failed.map(one => ({ ...one, message: `${'x'.repeat(9999)}\n`.repeat(999) })),
    }
    const lines = failureLines([long], '/here')
    assert.equal(lines.length, 13)
    assert.ok(lines.every(line => line.length < 320))
  })

  it('takes the first place in any file of ours when the test is in none, and none when there is none', () => {
    const at = (lines: string) =>
      placeOf({ file: '/here/a.test.ts', title: '', message: '', stack: lines, cause: '', stood: [] }, '/here')
    assert.equal(at('Error: x\n    at node:net:1:2\n    at f (server/b.ts:1:2)'), 'at f (server/b.ts:1:2)')
    assert.equal(at('Error: x\n    at node:net:1:2\n    at f (node:internal/x:1:2)'), null)
  })

  it('lists the slowest files of all reports, the slowest first', () => {
    const other: Report = { ...emptyReport(), took: { '/here/client/d.test.ts': 61_000 } }
    assert.deepEqual(slowestLines([failing, other], '/here', 2), [
      'Slowest files, in seconds:',
      '   61.0  client/d.test.ts',
      '    1.2  server/a.test.ts',
    ])
  })
})
