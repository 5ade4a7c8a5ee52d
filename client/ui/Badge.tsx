// A word about a state. The word says it; the colour only helps.
import type { ComponentChildren } from 'preact'
import { Icon, type LucideIcon } from '#client/ui/Icon.tsx'
import './Badge.css'

export type Tone = 'neutral' | 'accent' | 'good' | 'warn' | 'bad'

export type BadgeProps = {
  readonly tone?: Tone | undefined
  readonly icon?: LucideIcon | undefined
  /** A red dot before the word, for what is live; leave the tone neutral. */
  readonly live?: boolean | undefined
  readonly children: ComponentChildren
}

/** A small label. */
export function Badge({ tone = 'neutral', icon, live = false, children }: BadgeProps) {
  return (
    <span class="badge" data-tone={tone} data-live={live || undefined}>
      {live && <span class="badge-dot" aria-hidden="true" />}
      {icon && <Icon as={icon} />}
      {children}
    </span>
  )
}
