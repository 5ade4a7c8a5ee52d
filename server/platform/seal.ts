// Seals small secrets that the server must read again, such as the key of an authenticator app: whoever reads the
// database alone cannot. AES-256-GCM under a key of the application's secret, one key a purpose.
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'

let master = ''

/** Sets the application's secret, the same on every node. */
export function keySeals(secretKey: string): void {
  master = secretKey
}

const keyFor = (purpose: string): Buffer => Buffer.from(hkdfSync('sha256', master, 'lectern-seal', purpose, 32))

/** Seals a text; what was sealed for one purpose is not opened for another. */
export function seal(purpose: string, text: string): Buffer {
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', keyFor(purpose), nonce)
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return Buffer.concat([nonce, cipher.getAuthTag(), body])
}

/** Opens it again; undefined for what was changed, cut or sealed under another key. */
export function unseal(purpose: string, sealed: Buffer): string | undefined {
  if (sealed.length < 28) return undefined
  const decipher = createDecipheriv('aes-256-gcm', keyFor(purpose), sealed.subarray(0, 12))
  decipher.setAuthTag(sealed.subarray(12, 28))
  try {
    return Buffer.concat([decipher.update(sealed.subarray(28)), decipher.final()]).toString('utf8')
  } catch {
    // The tag does not fit: nothing else is thrown here.
    return undefined
  }
}
