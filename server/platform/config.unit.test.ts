// The settings: defaults of both modes, and that every bad value is named at once and no secret is repeated.

import assert from 'node:assert/strict'
import { ConfigError, readConfig } from './config.ts'

const key = 'k'.repeat(32)

const problemsOf = (env: Record<string, string>): readonly string[] => {
  try {
    readConfig(env, '/srv/lectern')
  } catch (error) {
    assert.ok(error instanceof ConfigError)
    return error.problems
  }
  return []
}

describe('config', () => {
  it('needs nothing: the embedded mode on port 8080, open to the room', () => {
    const config = readConfig({}, '/srv/my lectern')
    assert.equal(config.embedded, true)
    assert.equal(config.port, 8080)
    assert.equal(config.host, '0.0.0.0')
    assert.equal(config.dataDir, '/srv/my lectern/.lectern')
    assert.equal(config.storageUrl, 'file:///srv/my%20lectern/.lectern/files')
    assert.equal(config.publicUrl, null)
    assert.equal(config.trustProxy, false)
  })

  it('reads a whole environment and takes an empty value as absent', () => {
    const config = readConfig({
      DATABASE_URL: 'postgres://app@%2Ftmp%2Fpg/lectern',
      REDIS_URL: '',
      SECRET_KEY: key,
      PUBLIC_URL: 'https://learn.example.org/',
      TRUST_PROXY: 'TRUE',
      PORT: '0',
      LOG_LEVEL: 'warn',
    })
    assert.equal(config.embedded, false)
    assert.equal(config.host, '127.0.0.1')
    assert.equal(config.redisUrl, null)
    assert.equal(config.publicUrl, 'https://learn.example.org')
    assert.equal(config.trustProxy, true)
    assert.equal(config.port, 0)
    assert.equal(config.logLevel, 'warn')
  })

  it('takes a mail server only with a sender of one line and an address for the links', () => {
    const whole = { SMTP_URL: 'smtp://u:p@mail.example.org', PUBLIC_URL: 'https://learn.example.org' }
    const read = (MAIL_FROM: string) => readConfig({ ...whole, MAIL_FROM }).mailFrom
    assert.deepEqual(read('Our School <learn@example.org>'), { name: 'Our School', address: 'learn@example.org' })
    assert.deepEqual(read('learn@example.org'), { name: '', address: 'learn@example.org' })
    for (const wrong of ['Lectern', 'a@b\nBcc: c@d', 'A\r\nBcc: c@d <a@b>', 'a@b, c@d', '<a@b> x'])
      assert.match(problemsOf({ ...whole, MAIL_FROM: wrong }).join(), /MAIL_FROM must be an address/, wrong)
    const missing = problemsOf({ SMTP_URL: 'smtp://u:secret@mail.example.org' })
    assert.match(missing.join(), /MAIL_FROM is needed.*PUBLIC_URL is needed/)
    assert.doesNotMatch(missing.join(), /secret/)
  })

  it('lets webhooks go to the web alone, and where the settings say so', () => {
    const read = (more: object) => readConfig({ DATABASE_URL: 'postgres://a@b/c', SECRET_KEY: key, ...more })
    const { webhooksPrivate, webhooksPorts, webhooksLoopback } = read({})
    assert.deepEqual([webhooksPrivate, webhooksPorts, webhooksLoopback], [[], 'https', false])
    assert.equal(readConfig({}).webhooksLoopback, true)
    assert.deepEqual(read({ WEBHOOKS_PRIVATE: '10.20.0.0/16, fd00:1::/48', WEBHOOKS_PORTS: 'any' }).webhooksPrivate, [
      '10.20.0.0/16',
      'fd00:1::/48',
    ])
    for (const wrong of ['10.20.0.0', '10.20.0.0/33', 'school.example/16', '10.20.0.0/16/2', 'fd00::/129'])
      assert.match(problemsOf({ WEBHOOKS_PRIVATE: wrong }).join(), /WEBHOOKS_PRIVATE must be ranges/, wrong)
    assert.match(problemsOf({ WEBHOOKS_PORTS: '8443' }).join(), /WEBHOOKS_PORTS must be/)
  })

  it('lists everything that is wrong at once', () => {
    const problems = problemsOf({
      PORT: '99999',
      PUBLIC_URL: 'learn.example.org',
      TRUST_PROXY: 'maybe',
      LOG_LEVEL: 'loud',
    })
    assert.equal(problems.length, 4)
    assert.match(problems.join('\n'), /PORT must be a whole number.*"99999"/)
    assert.match(problems.join('\n'), /LOG_LEVEL must be one of trace/)
  })

  it('asks for a secret key outside the embedded mode and never repeats a secret', () => {
    assert.match(problemsOf({ DATABASE_URL: 'postgres://h/d' }).join(), /SECRET_KEY is needed/)
    const problems = problemsOf({ DATABASE_URL: 'mysql://u:hunter2@h/d', SECRET_KEY: 'hunter2' }).join()
    assert.match(problems, /DATABASE_URL must be/)
    assert.match(problems, /SECRET_KEY must have/)
    assert.doesNotMatch(problems, /hunter2/)
  })
})
