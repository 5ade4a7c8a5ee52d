// A line across a page or a part of it about something that lasts: locked, late, not published.

import { CircleAlert, CircleCheck, Info, TriangleAlert } from 'lucide-preact'
import type { ComponentChildren } from 'preact'
import type { Tone } from '#client/ui/Badge.tsx'
import { Icon } from '#client/ui/Icon.tsx'
import './Banner.css'

export type BannerProps = {
  readonly tone?: Tone | undefined
  readonly title?: string | undefined
  readonly action?: ComponentChildren
  readonly children: ComponentChildren
}

const icons = { neutral: Info, accent: Info, good: CircleCheck, warn: TriangleAlert, bad: CircleAlert }

/** Said where it matters, and until it no longer holds. */
export function Banner({ tone = 'neutral', title, action, children }: BannerProps) {
  return (
    <div class="banner" data-tone={tone} role={tone === 'bad' ? 'alert' : 'status'}>
      <Icon as={icons[tone]} size={20} class="banner-icon" />
      <div class="banner-words">
        {title && <p class="banner-title">{title}</p>}
        <div>{children}</div>
      </div>
      {action && <div class="cluster">{action}</div>}
    </div>
  )
}
