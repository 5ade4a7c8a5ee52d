// What is kept about somebody, counted: shown before it goes over to another account or is erased.
import { locale, t } from '#client/platform/texts.ts'
import type { KeptPart } from '#protocol/accounts.ts'
import { keptLines } from './words.ts'

export function Kept({ parts }: { readonly parts: readonly KeptPart[] }) {
  if (parts.length === 0) return <p class="muted">{t('people.keptNothing')}</p>
  return (
    <table class="kept">
      <tbody>
        {keptLines(parts).map(({ label, count }) => (
          <tr key={label}>
            <th scope="row">{label}</th>
            <td class="figures">{count.toLocaleString(locale)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
