// A few figures side by side, each with its word; one that leads to what it counts is a button.
import { locale } from '#client/platform/texts.ts'
import './Figures.css'

export interface Figure {
  readonly label: string
  readonly count: number
  readonly trouble?: boolean | undefined
  readonly onPress?: (() => void) | undefined
}

/** The figures, in the order given. */
export function Figures({ figures }: { readonly figures: readonly Figure[] }) {
  return (
    <div class="figure-tiles">
      {figures.map(({ label, count, trouble, onPress }) => {
        const words = (
          <>
            <strong class="figures">{formatted(count)}</strong>
            <span>{label}</span>
          </>
        )
        return onPress ? (
          <button type="button" class="figure-tile" key={label} data-trouble={trouble || undefined} onClick={onPress}>
            {words}
          </button>
        ) : (
          <div class="figure-tile" key={label} data-trouble={trouble || undefined}>
            {words}
          </div>
        )
      })}
    </div>
  )
}

const formatted = (count: number): string => new Intl.NumberFormat(locale).format(count)
