// The button, and the link that looks like one. One primary button a screen; danger only for what can't be undone.
import type { ButtonHTMLAttributes, ComponentChildren } from 'preact'
import { t } from '#client/platform/texts.ts'
import { Icon, type LucideIcon } from '#client/ui/Icon.tsx'
import { Spinner } from '#client/ui/Spinner.tsx'
import { VisuallyHidden } from '#client/ui/VisuallyHidden.tsx'
import './Button.css'

export type ButtonKind = 'primary' | 'plain' | 'quiet' | 'danger'
export type ButtonSize = 'small' | 'medium' | 'large'

type Look = {
  /** primary: the one thing to do here. plain: the others. quiet: no edge. danger: can't be undone. */
  readonly kind?: ButtonKind | undefined
  readonly size?: ButtonSize | undefined
  readonly icon?: LucideIcon | undefined
  /** Fills the width it is given. */
  readonly wide?: boolean | undefined
  readonly children: ComponentChildren
}

export type ButtonProps = Omit<
  ButtonHTMLAttributes<HTMLButtonElement>,
  'icon' | 'size' | 'disabled' | 'children' | 'type'
> &
  Look & {
    readonly type?: 'button' | 'submit' | undefined
    readonly disabled?: boolean | undefined
    /** Work is under way: keeps its width and its focus, shows a spinner, lets no second click through. */
    readonly busy?: boolean | undefined
  }

/** A button; `type` is "button" unless it sends a form. */
export function Button({
  kind = 'plain',
  size = 'medium',
  icon,
  wide = false,
  busy = false,
  disabled = false,
  type = 'button',
  onClick,
  children,
  ...rest
}: ButtonProps) {
  return (
    <button
      {...rest}
      type={type}
      disabled={disabled}
      class="button"
      data-kind={kind}
      data-size={size}
      data-wide={wide || undefined}
      data-busy={busy || undefined}
      aria-disabled={busy || undefined}
      onClick={event => {
        if (busy) event.preventDefault()
        else onClick?.(event)
      }}
    >
      <span class="button-content">
        {icon && <Icon as={icon} />}
        {children}
      </span>
      {busy && (
        <span class="button-busy">
          <Spinner />
          <VisuallyHidden>{t('ui.working')}</VisuallyHidden>
        </span>
      )}
    </button>
  )
}

export type ButtonLinkProps = Look & { readonly href: string; readonly download?: string | undefined }

/** A link in the look of a button, for going somewhere rather than doing something. */
export function ButtonLink({
  kind = 'plain',
  size = 'medium',
  icon,
  wide = false,
  href,
  download,
  children,
}: ButtonLinkProps) {
  // As Link does it: what is elsewhere opens in a tab of its own.
  const outside = /^https?:/i.test(href) ? { target: '_blank', rel: 'noopener noreferrer' } : {}
  return (
    <a
      href={href}
      {...outside}
      class="button"
      data-kind={kind}
      data-size={size}
      data-wide={wide || undefined}
      {...(download === undefined ? {} : { download })}
    >
      <span class="button-content">
        {icon && <Icon as={icon} />}
        {children}
      </span>
    </a>
  )
}
