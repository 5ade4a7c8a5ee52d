// A person's picture where there is one, else their initials on a colour that is always the same for the same person.
import { pictureOf } from '#client/ui/pictures.ts'
import './Avatar.css'

/** Up to two letters: of the first and the last word. */
export function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/).filter(Boolean)
  const first = [...(words[0] ?? '')][0] ?? '?'
  const last = words.length > 1 ? ([...(words.at(-1) ?? '')][0] ?? '') : ''
  return (first + last).toLocaleUpperCase()
}

/** A hue from any text, stable over time and devices (FNV-1a). */
export function hueOf(text: string): number {
  let hash = 0x811c9dc5
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
  }
  return (hash >>> 0) % 360
}

export type AvatarProps = {
  readonly name: string
  /** What the colour comes from; the account's id where there is one, else the name. */
  readonly seed?: string | undefined
  readonly size?: 24 | 32 | 40 | 64 | 96 | undefined
  /** Shows a dot for "here now"; say it in words elsewhere too. */
  readonly present?: boolean | undefined
}

/** Decorative: the name stands beside it, so readers are not told twice. */
export function Avatar({ name, seed, size = 32, present = false }: AvatarProps) {
  const picture = pictureOf(seed)
  return (
    <span class="avatar" data-size={size} style={{ '--hue': String(hueOf(seed ?? name)) }} aria-hidden="true">
      {picture ? <img class="avatar-picture" src={picture} alt="" decoding="async" /> : initialsOf(name)}
      {present && <span class="avatar-dot" />}
    </span>
  )
}
