// Addresses that somebody might name to make the server call its own network, in every spelling.
import assert from 'node:assert/strict'
import { BarredAddress, barredForm, type GuardSettings, judged, mayCall } from './guard.ts'

const strict: GuardSettings = { ranges: [], ports: 'https', loopback: false }
const embedded: GuardSettings = { ...strict, loopback: true }

const privateOnes = [
  '0.0.0.0',
  '10.1.2.3',
  '100.64.0.1',
  '100.127.255.255',
  '127.0.0.1',
  '127.255.255.254',
  '169.254.169.254',
  '172.16.0.1',
  '172.31.255.255',
  '192.0.0.8',
  '192.168.1.1',
  '198.18.0.1',
  '203.0.113.9',
  '224.0.0.1',
  '239.255.255.250',
  '255.255.255.255',
  '::',
  '::1',
  '::ffff:127.0.0.1',
  '::ffff:10.0.0.1',
  '::ffff:a9fe:a9fe',
  '::127.0.0.1',
  '64:ff9b::7f00:1',
  '64:ff9b::169.254.169.254',
  '64:ff9b:1::a00:1',
  '100::1',
  '2001::1',
  '2001:db8::1',
  '2002:7f00:1::',
  '3fff::1',
  'fc00::1',
  'fd00:ec2::254',
  'fe80::1',
  'fe80::1%eth0',
  '2a00:1450:4001::1%eth0',
  'fec0::1',
  'ff02::1',
  '5f00::1',
  'localhost',
  '',
]
const publicOnes = [
  '1.1.1.1',
  '8.8.8.8',
  '100.63.255.255',
  '172.32.0.1',
  '::ffff:8.8.8.8',
  '2606:4700::1111',
  '2a00:1450:4001::1',
]

describe('the guard of outgoing calls', () => {
  for (const one of privateOnes) it(`bars ${one || 'nothing at all'}`, () => assert.equal(mayCall(one, strict), false))
  for (const one of publicOnes) it(`lets ${one} through`, () => assert.equal(mayCall(one, strict), true))

  const forms: readonly (readonly [string, string])[] = [
    ['https://127.0.0.1/', 'private'],
    ['https://127.0.0.1./', 'private'],
    ['https://2130706433/', 'private'],
    ['https://0x7f000001/', 'private'],
    ['https://0177.0.0.1/', 'private'],
    ['https://127.1/', 'private'],
    ['https://0/', 'private'],
    ['https://[::ffff:127.0.0.1]/', 'private'],
    ['https://[::ffff:7f00:1]/', 'private'],
    ['https://[0:0:0:0:0:ffff:7f00:0001]/', 'private'],
    ['https://[::1]/', 'private'],
    ['https://[fd00::1]/', 'private'],
    ['https://①②⑦.0.0.1/', 'private'],
    ['https://LOCALHOST./', 'private'],
    ['https://a.localhost/', 'private'],
    ['http://localhost:8080/', 'private'],
    ['https://169.254.169.254/latest/meta-data/', 'private'],
    ['https://hooks.example.org@10.0.0.1/', 'credentials'],
    ['https://name:word@hooks.example.org/', 'credentials'],
    ['http://hooks.example.org/', 'scheme'],
    ['ftp://hooks.example.org/', 'scheme'],
    ['file:///etc/passwd', 'scheme'],
    ['gopher://hooks.example.org/', 'scheme'],
    ['https://hooks.example.org:8443/', 'port'],
    ['https://hooks.example.org/#part', 'form'],
    ['https:///', 'form'],
    ['hooks.example.org', 'form'],
  ]
  for (const [address, why] of forms)
    it(`refuses ${address}: ${why}`, () => assert.equal(barredForm(address, strict), why))

  it('takes an address of the web as it is', () => {
    assert.equal(barredForm('https://hooks.example.org/lectern?a=b', strict), undefined)
    assert.equal(barredForm('https://hooks.example.org:443/', strict), undefined)
    assert.equal(barredForm('https://hooks.example.org:8443/', { ...strict, ports: 'any' }), undefined)
  })

  it('lets this machine alone be called without TLS, and where the settings say so', () => {
    for (const address of [
      'http://127.0.0.1:9/',
      'http://[::1]:9/',
      'http://[::ffff:127.0.0.1]:9/',
      'http://localhost:9/',
    ])
      assert.equal(barredForm(address, embedded), undefined, address)
    assert.equal(barredForm('http://10.0.0.1/', embedded), 'private')
    assert.equal(barredForm('http://hooks.example.org/', embedded), 'scheme')
  })

  it('lets ranges through that the school names, and nothing beside them', () => {
    const named = { ...strict, ranges: ['10.20.0.0/16', 'fd00:1::/48'] }
    assert.deepEqual(
      ['10.20.9.9', '::ffff:10.20.9.9', 'fd00:1::5', '10.21.0.1', 'fd00:2::5', '127.0.0.1'].map(one =>
        mayCall(one, named),
      ),
      [true, true, true, false, false, false],
    )
  })

  const whyNot = async (address: string, found: readonly string[], settings: GuardSettings = strict) =>
    judged(address, settings, async () => found.map(one => ({ address: one, family: one.includes(':') ? 6 : 4 }))).then(
      all => all.map(one => one.address).join(),
      (error: unknown) => (error instanceof BarredAddress ? error.why : assert.fail(String(error))),
    )

  it('judges every address a name leads to', async () => {
    const address = 'https://hooks.example.org/'
    assert.equal(await whyNot(address, ['1.1.1.1', '2606:4700::1111']), '1.1.1.1,2606:4700::1111')
    assert.equal(await whyNot(address, ['1.1.1.1', '10.0.0.1']), 'private')
    assert.equal(await whyNot(address, ['1.1.1.1', '::ffff:169.254.169.254']), 'private')
    assert.equal(await whyNot(address, ['127.0.0.1']), 'private')
    assert.equal(await whyNot(address, []), 'unknown')
    // A name that is called localhost and leads elsewhere is not called without TLS.
    assert.equal(await whyNot('http://localhost/', ['1.1.1.1'], embedded), 'scheme')
  })
})
