// Codes of authenticator apps against the examples of RFC 6238, and how codes are read.
import assert from 'node:assert/strict'
import { keyTextFrom, keyUri, mustHave, passkeyHost, plainCode, recoveryCodeFrom, stepOf } from './rules.ts'

// RFC 6238, appendix B: the key '12345678901234567890' in base 32; our codes are the last six digits.
const key = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'
const examples: [seconds: number, code: string][] = [
  [59, '287082'],
  [1_111_111_109, '081804'],
  [1_111_111_111, '050471'],
  [1_234_567_890, '005924'],
  [2_000_000_000, '279037'],
]
const at = (seconds: number) => new Date(seconds * 1000)

describe('a code of an app', () => {
  for (const [seconds, code] of examples)
    it(`fits as RFC 6238 says: ${code}`, () => {
      assert.equal(stepOf(key, code, at(seconds), 0), Math.floor(seconds / 30))
    })

  it('is taken one step early or late, and no further', () => {
    const [seconds, code] = [1_111_111_111, '050471']
    const step = Math.floor(seconds / 30)
    assert.equal(stepOf(key, code, at(seconds + 30), 0), step)
    assert.equal(stepOf(key, code, at(seconds - 30), 0), step)
    assert.equal(stepOf(key, code, at(seconds + 60), 0), undefined)
    assert.equal(stepOf(key, code, at(seconds - 60), 0), undefined)
  })

  it('works once, and none before it works afterwards', () => {
    const [seconds, code] = [1_111_111_111, '050471']
    const step = Math.floor(seconds / 30)
    assert.equal(stepOf(key, code, at(seconds), step), undefined)
    assert.equal(stepOf(key, code, at(seconds), step - 1), step)
  })

  it('is six digits and nothing else', () => {
    for (const typed of ['', '28708', '2870822', 'abcdef', '287 82', '-28708'])
      assert.equal(stepOf(key, typed, at(59), 0), undefined)
  })
})

describe('keys and codes', () => {
  it('are what chance gave, and read as they are shown', () => {
    assert.equal(keyTextFrom(Buffer.from('12345678901234567890')), key)
    assert.match(keyUri(key, 'ada@example.org'), /^otpauth:\/\/totp\/Lectern:ada%40example.org\?.*secret=GEZDGNBV/)
    const code = recoveryCodeFrom(Uint8Array.from({ length: 16 }, (_, place) => place * 13))
    assert.match(code, /^([A-Z2-9]{4}-){3}[A-Z2-9]{4}$/)
    assert.equal(plainCode(` ${code.toLowerCase()} `), code.replaceAll('-', ''))
    assert.equal(plainCode('287 082'), '287082')
  })

  it('make passkeys for a name that is reached by https, or for the machine itself', () => {
    assert.equal(passkeyHost('https://learn.example.org'), 'learn.example.org')
    assert.equal(passkeyHost('http://localhost:8080'), 'localhost')
    for (const none of [
      'http://learn.example.org',
      'http://192.168.1.20:8080',
      'https://192.168.1.20',
      'https://[::1]',
      '',
    ])
      assert.equal(passkeyHost(none), undefined, none)
  })

  it('are owed by staff where the school says so', () => {
    assert.equal(mustHave('staff', { staff: true }), true)
    assert.equal(mustHave('staff', { staff: false }), false)
    assert.equal(mustHave('nobody', { staff: true }), false)
  })
})
