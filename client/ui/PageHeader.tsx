// The head of a page: where it belongs, its heading, a line about it, what can be done.

import { ArrowLeft } from 'lucide-preact'
import type { ComponentChildren } from 'preact'
import { Icon } from '#client/ui/Icon.tsx'
import { inOwnDirection } from '#client/ui/words.tsx'
import './PageHeader.css'

/** The page above: its name and address. */
export type ParentPage = { readonly label: string; readonly href: string }

export type PageHeaderProps = {
  readonly title: string
  readonly parent?: ParentPage | undefined
  readonly lead?: ComponentChildren
  /** Badges beside the heading. */
  readonly badges?: ComponentChildren
  /** Buttons, the primary one last. */
  readonly actions?: ComponentChildren
}

/** Every page has exactly one; its h1 takes the focus after a navigation. */
export function PageHeader({ title, parent, lead, badges, actions }: PageHeaderProps) {
  return (
    <header class="page-header">
      {parent && <ParentLink parent={parent} />}
      <div class="page-header-line">
        <div class="page-header-words">
          <div class="page-header-title">
            <h1 tabIndex={-1}>{inOwnDirection(title)}</h1>
            {badges}
          </div>
          {lead && <div class="page-header-lead">{lead}</div>}
        </div>
        {actions && <div class="cluster">{actions}</div>}
      </div>
    </header>
  )
}

/** The way up by itself, where something stands between it and the heading. */
export function ParentLink({ parent }: { readonly parent: ParentPage }) {
  return (
    <a class="page-header-parent" href={parent.href}>
      <Icon as={ArrowLeft} />
      {inOwnDirection(parent.label)}
    </a>
  )
}
