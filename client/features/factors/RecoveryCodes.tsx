// Recovery codes, this once.
import { t } from '#client/platform/texts.ts'
import { Banner } from '#client/ui/Banner.tsx'
import { Button } from '#client/ui/Button.tsx'
import { CopyButton } from '#client/ui/CopyButton.tsx'

export function RecoveryCodes({ codes, onKept }: { readonly codes: readonly string[]; readonly onKept: () => void }) {
  return (
    <div class="stack">
      <Banner tone="warn" title={t('factors.recoveryTitle')}>
        {t('factors.recoveryLead')}
      </Banner>
      <ul class="factor-codes">
        {codes.map(code => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ul>
      <div class="cluster">
        <CopyButton text={codes.join('\n')} kind="plain" label={t('factors.copyCodes')} />
        <Button kind="primary" onClick={onKept}>
          {t('factors.kept')}
        </Button>
      </div>
    </div>
  )
}
