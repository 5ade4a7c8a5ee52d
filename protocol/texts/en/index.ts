// The English catalogue, one file a feature; the key is `feature.key`. It comes to a page in two parts.
import type { KeyOf } from '../text.ts'
import { door } from './door.ts'
import { inside } from './inside.ts'

export const en = { ...door, ...inside } as const

export type Texts = typeof en
export type TextKey = KeyOf<Texts>
