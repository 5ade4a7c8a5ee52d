// Words that people wrote, in whatever language: each in its own direction, so that what ends a sentence stands at its end
// also where the interface runs the other way. Everything that is no bare text is left as it is.
import type { ComponentChildren } from 'preact'

export const inOwnDirection = (words: ComponentChildren): ComponentChildren =>
  typeof words === 'string' ? <bdi>{words}</bdi> : words
