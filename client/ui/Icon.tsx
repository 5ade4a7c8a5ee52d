// One icon of the lucide set in one of its two sizes. Decorative unless it gets a label.
import {
  ArrowLeft,
  ArrowRight,
  ChevronLeft,
  ChevronRight,
  CornerDownRight,
  ListIndentDecrease,
  ListIndentIncrease,
  LogOut,
  type LucideIcon,
  Reply,
  Send,
  Undo2,
} from 'lucide-preact'

export type { LucideIcon }

export type IconProps = {
  readonly as: LucideIcon
  readonly size?: 16 | 20 | undefined
  /** What a reader hears; without it the icon is hidden from readers and a word must stand beside it. */
  readonly label?: string | undefined
  readonly class?: string | undefined
}

// What points along the line of reading points the other way where that runs from right to left.
const pointing = new Set<LucideIcon>([
  ArrowLeft,
  ArrowRight,
  ChevronLeft,
  ChevronRight,
  CornerDownRight,
  ListIndentDecrease,
  ListIndentIncrease,
  LogOut,
  Reply,
  Send,
  Undo2,
])

/** Draws the icon in the colour of the text around it. */
export function Icon({ as: Drawing, size = 16, label, class: className }: IconProps) {
  const reading = label === undefined ? { 'aria-hidden': true } : { role: 'img' as const, 'aria-label': label }
  return (
    <Drawing
      size={size}
      strokeWidth={1.75}
      class={className === undefined ? 'icon' : `icon ${className}`}
      focusable={false}
      data-pointing={pointing.has(Drawing) || undefined}
      {...reading}
    />
  )
}
