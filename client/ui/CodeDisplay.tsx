// A join code to be read across a room: large, in groups of three, spelled out for readers.
import { t } from '#client/platform/texts.ts'
import './CodeDisplay.css'

export type CodeDisplayProps = {
  readonly code: string
  readonly size?: 'medium' | 'large' | 'stage' | undefined
}

/** Groups of three letters, as "K7M 2QX". */
export function CodeDisplay({ code, size = 'large' }: CodeDisplayProps) {
  const groups = code.match(/.{1,3}/gu) ?? []
  return (
    <span
      class="code-display"
      data-size={size}
      dir="ltr"
      role="img"
      aria-label={t('ui.codeSpelled', { letters: [...code].join(' ') })}
    >
      {groups.map((group, index) => (
        <span key={index} aria-hidden="true">
          {group}
        </span>
      ))}
    </span>
  )
}
