// A QR code as one SVG path. Always dark on light with its quiet zone, in dark mode too: readers need it so.
import { useMemo } from 'preact/hooks'
import { encode } from 'uqr'
import { t } from '#client/platform/texts.ts'
import './QrCode.css'

/** `value` is the whole address; the size is that of the box around. `label` where the address is not for reading out. */
export function QrCode({ value, label }: { readonly value: string; readonly label?: string | undefined }) {
  const { size, path } = useMemo(() => {
    const code = encode(value, { ecc: 'M', border: 3 })
    const parts: string[] = []
    for (const [y, row] of code.data.entries()) {
      for (let x = 0; x < row.length; x += 1) {
        if (!row[x]) continue
        const start = x
        while (row[x + 1]) x += 1
        parts.push(`M${start} ${y}h${x - start + 1}v1h${start - x - 1}z`)
      }
    }
    return { size: code.size, path: parts.join('') }
  }, [value])
  return (
    <svg
      class="qr-code"
      viewBox={`0 0 ${size} ${size}`}
      role="img"
      aria-label={label ?? t('ui.qrCode', { address: value })}
      shape-rendering="crispEdges"
    >
      <rect class="qr-code-light" width={size} height={size} rx="1.5" />
      <path class="qr-code-dark" d={path} />
    </svg>
  )
}
