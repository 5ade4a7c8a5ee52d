// A button that is only an icon; the label is what readers hear and what the pointer shows.
import type { ButtonHTMLAttributes } from 'preact'
import { Icon, type LucideIcon } from '#client/ui/Icon.tsx'
import './Button.css'

export type IconButtonProps = Omit<
  ButtonHTMLAttributes<HTMLButtonElement>,
  'icon' | 'label' | 'disabled' | 'children' | 'type'
> & {
  readonly icon: LucideIcon
  readonly label: string
  readonly disabled?: boolean | undefined
  /** For a button that stays in: hands up, pane open. */
  readonly pressed?: boolean | undefined
}

/** An icon to press. */
export function IconButton({ icon, label, disabled = false, pressed, ...rest }: IconButtonProps) {
  return (
    <button
      {...rest}
      type="button"
      class="icon-button"
      disabled={disabled}
      title={label}
      aria-label={label}
      {...(pressed === undefined ? {} : { 'aria-pressed': pressed })}
    >
      <Icon as={icon} size={20} />
    </button>
  )
}
