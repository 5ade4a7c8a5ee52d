// A passkey authenticator for tests: keeps one key and answers as a browser with it would (WebAuthn, 6 and 7). What it
// answers can be falsified, so that a test sees what a server makes of it.
import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto'
import type { MadePasskey, ShownPasskey } from '#protocol/factors/passkeys.ts'

const sha256 = (bytes: Buffer | string): Buffer => createHash('sha256').update(bytes).digest()
const text = (bytes: Buffer | string): string => Buffer.from(bytes).toString('base64url')

// As much of CBOR (RFC 8949) as an attestation takes: small numbers, texts, bytes and maps.
function cbor(value: number | string | Buffer | Map<number | string, unknown>): Buffer {
  const head = (kind: number, size: number): Buffer =>
    size < 24
      ? Buffer.from([(kind << 5) | size])
      : size < 256
        ? Buffer.from([(kind << 5) | 24, size])
        : Buffer.from([(kind << 5) | 25, size >> 8, size & 255])
  if (typeof value === 'number') return value < 0 ? head(1, -1 - value) : head(0, value)
  if (typeof value === 'string') return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)])
  if (Buffer.isBuffer(value)) return Buffer.concat([head(2, value.length), value])
  const entries = [...value].flatMap(([key, one]) => [cbor(key), cbor(one as number)])
  return Buffer.concat([head(5, value.size), ...entries])
}

/** What an answer is to say otherwise than it should. */
export interface Lies {
  readonly origin?: string
  readonly host?: string
  readonly challenge?: string
  /** Nobody showed a finger, a face or a PIN. */
  readonly unverified?: true
  /** Signed by another key. */
  readonly forged?: true
}

export interface Authenticator {
  make(options: Readonly<Record<string, unknown>>, lies?: Lies): MadePasskey
  show(options: Readonly<Record<string, unknown>>, lies?: Lies): ShownPasskey
}

/** One on the browser that is at `origin`. */
export function newAuthenticator(origin: string): Authenticator {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const id = randomBytes(32)
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' }) as { x?: string; y?: string }
  const coordinate = (one: string) => Buffer.from(one, 'base64url')
  // COSE_Key of ES256 (RFC 9053, 7.1.1).
  const cose = cbor(
    new Map<number, unknown>([
      [1, 2],
      [3, -7],
      [-1, 1],
      [-2, coordinate(x)],
      [-3, coordinate(y)],
    ]),
  )
  let count = 0

  const clientData = (type: string, { challenge }: Readonly<Record<string, unknown>>, lies: Lies): Buffer =>
    Buffer.from(
      JSON.stringify({
        type,
        challenge: lies.challenge ?? challenge,
        origin: lies.origin ?? origin,
        crossOrigin: false,
      }),
    )
  function authData(lies: Lies, attested = Buffer.alloc(0)): Buffer {
    const counter = Buffer.alloc(4)
    counter.writeUInt32BE(++count)
    const flags = 0x01 | (lies.unverified ? 0 : 0x04) | (attested.length > 0 ? 0x40 : 0)
    return Buffer.concat([sha256(lies.host ?? new URL(origin).hostname), Buffer.from([flags]), counter, attested])
  }
  const named = { id: text(id), rawId: text(id), type: 'public-key' as const }

  return {
    make(options, lies = {}) {
      const size = Buffer.from([0, id.length])
      const auth = authData(lies, Buffer.concat([Buffer.alloc(16), size, id, cose]))
      const attestation = cbor(
        new Map<string, unknown>([
          ['fmt', 'none'],
          ['attStmt', new Map()],
          ['authData', auth],
        ]),
      )
      const clientDataJSON = text(clientData('webauthn.create', options, lies))
      return { ...named, response: { clientDataJSON, attestationObject: text(attestation), transports: ['internal'] } }
    },
    show(options, lies = {}) {
      const said = clientData('webauthn.get', options, lies)
      const auth = authData(lies)
      const by: KeyObject = lies.forged ? generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey : privateKey
      const signature = sign('sha256', Buffer.concat([auth, sha256(said)]), by)
      return {
        ...named,
        response: { clientDataJSON: text(said), authenticatorData: text(auth), signature: text(signature) },
      }
    },
  }
}
