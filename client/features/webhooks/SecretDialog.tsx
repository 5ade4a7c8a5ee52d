// Shows the secret of a webhook, this once: it is kept nowhere that anybody reads.
import { t } from '#client/platform/texts.ts'
import { Button } from '#client/ui/Button.tsx'
import { CopyButton } from '#client/ui/CopyButton.tsx'
import { Dialog } from '#client/ui/Dialog.tsx'

interface SecretDialogProps {
  readonly secret: string
  readonly how: 'made' | 'rotated'
  readonly onClose: () => void
}

/** Open while it is mounted. */
export function SecretDialog({ secret, how, onClose }: SecretDialogProps) {
  return (
    <Dialog
      open
      onClose={onClose}
      title={t(`webhooks.${how}`)}
      actions={
        <Button kind="primary" onClick={onClose}>
          {t('webhooks.secretDone')}
        </Button>
      }
    >
      <div class="stack">
        <p>{t(how === 'made' ? 'webhooks.secretLead' : 'webhooks.rotatedLead')}</p>
        <code class="webhook-secret" dir="ltr">
          {secret}
        </code>
        <div class="cluster">
          <CopyButton kind="plain" text={secret} />
        </div>
      </div>
    </Dialog>
  )
}
