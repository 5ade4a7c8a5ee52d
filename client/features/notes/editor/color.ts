// The colour a person writes in, as stock editors read it. Ours takes the hue of the avatar.
import { hueOf } from '#client/ui/Avatar.tsx'

/** #rrggbb of the person's hue, dark enough for white letters (HSL with 60 % saturation, 40 % lightness). */
export function colorOf(id: string): string {
  const hue = hueOf(id)
  const part = (n: number) => {
    const k = (n + hue / 30) % 12
    const value = 0.4 - 0.6 * 0.4 * Math.max(-1, Math.min(k - 3, 9 - k, 1))
    return Math.round(value * 255)
      .toString(16)
      .padStart(2, '0')
  }
  return `#${part(0)}${part(8)}${part(4)}`
}
