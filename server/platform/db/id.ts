// New ids: UUIDv7, in order of time, so that an index grows at its end. Never secrets: they grant nothing.
import { createHash, randomBytes } from 'node:crypto'
import { v7 } from 'uuid'
import type { Id } from '#protocol/base/ids.ts'

/** A fresh UUIDv7, branded as the caller says. */
export const newId = <Kind extends string>(): Id<Kind> => v7() as Id<Kind>

/** 128 random bits as text, for links, sessions and device tokens: shown once, kept only as `hashSecret` of it. */
export const newSecret = (): string => randomBytes(16).toString('base64url')

/** SHA-256 of a secret of full entropy (never of a password). */
export const hashSecret = (secret: string): Buffer => createHash('sha256').update(secret).digest()
