// Comes in by a passkey: on the sign-in page, and as the second step. Where browsers take none, nothing.
import { KeyRound } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { t } from '#client/platform/texts.ts'
import { Button } from '#client/ui/Button.tsx'
import type { OwnAccount } from '#protocol/accounts.ts'
import { enterByPasskey, passkeyWords, takesPasskeys } from './passkeys.ts'

interface PasskeyButtonProps {
  /** The ticket of a second step; without it whoever's passkey it is comes in. */
  readonly step?: string | undefined
  readonly onIn: (account: OwnAccount) => void
  readonly onProblem: (words: string) => void
}

export function PasskeyButton({ step, onIn, onProblem }: PasskeyButtonProps) {
  const [busy, setBusy] = useState(false)
  if (!takesPasskeys()) return null
  const enter = async () => {
    if (busy) return
    setBusy(true)
    try {
      onIn(await enterByPasskey(step))
    } catch (error) {
      onProblem(passkeyWords(error))
      setBusy(false)
    }
  }
  return (
    <Button
      kind={step ? 'primary' : 'plain'}
      size="large"
      wide
      icon={KeyRound}
      busy={busy}
      onClick={() => void enter()}
    >
      {t(step ? 'factors.usePasskey' : 'factors.enterByPasskey')}
    </Button>
  )
}
