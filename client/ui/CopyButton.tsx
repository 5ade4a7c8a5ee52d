// Copies something and says so in its own place; over http too.

import { Check, Copy } from 'lucide-preact'
import { useEffect, useState } from 'preact/hooks'
import { t } from '#client/platform/texts.ts'
import { Button, type ButtonKind } from '#client/ui/Button.tsx'
import { copyText } from '#client/ui/clipboard.ts'
import { announce } from '#client/ui/LiveRegion.tsx'
import { showToast } from '#client/ui/Toast.tsx'

export type CopyButtonProps = {
  /** The text, or how to make it when it is asked for. */
  readonly text: string | (() => string)
  readonly label?: string | undefined
  readonly kind?: ButtonKind | undefined
}

/** Copies and says so where no button can: from a menu. */
export async function copyAndSay(text: string): Promise<void> {
  const done = await copyText(text)
  showToast({ text: done ? t('ui.copied') : t('ui.copyFailed'), ...(done ? {} : { tone: 'bad' as const }) })
}

/** A small button that copies. */
export function CopyButton({ text, label = t('ui.copy'), kind = 'quiet' }: CopyButtonProps) {
  const [copied, setCopied] = useState(false)

  useEffect(() => {
    if (!copied) return
    const timer = setTimeout(() => setCopied(false), 2000)
    return () => clearTimeout(timer)
  }, [copied])

  const copy = async () => {
    if (await copyText(typeof text === 'string' ? text : text())) {
      setCopied(true)
      announce(t('ui.copied'))
    } else {
      showToast({ text: t('ui.copyFailed'), tone: 'bad' })
    }
  }

  return (
    <Button kind={kind} size="small" icon={copied ? Check : Copy} onClick={copy}>
      {copied ? t('ui.copied') : label}
    </Button>
  )
}
