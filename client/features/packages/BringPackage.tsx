// How a package comes in, and the next version of it: chosen or dropped, on its way, not taken and why.
import { X } from 'lucide-preact'
import { DropPlace, PickFiles } from '#client/features/files/PickFiles.tsx'
import { sizeWords } from '#client/features/files/store.ts'
import { t } from '#client/platform/texts.ts'
import { Banner } from '#client/ui/Banner.tsx'
import { Button } from '#client/ui/Button.tsx'
import { Section } from '#client/ui/Card.tsx'
import { IconButton } from '#client/ui/IconButton.tsx'
import { Progress } from '#client/ui/Progress.tsx'
import { Time } from '#client/ui/Time.tsx'
import { largestPackage } from '#protocol/packages/limits.ts'
import type { PackageContent } from '#protocol/packages.ts'
import { type Incoming, incoming, sendAgain, sendPackage, stopSending } from './sending.ts'
import type { OfPackage } from './store.ts'

interface BringPackageProps {
  readonly of: OfPackage
  readonly content: PackageContent | null
  readonly onDone: () => void
}

export function BringPackage({ of, content, onDone }: BringPackageProps) {
  const coming = incoming.value.get(of.packageId)
  const take = ([file]: readonly File[]) => file && sendPackage(of, file, onDone)
  const busy = coming?.state.is === 'sending' || coming?.state.is === 'broken'
  return (
    <DropPlace onFiles={take}>
      <Section title={t('packages.file')}>
        <div class="stack">
          {content ? (
            <p class="figures">
              <span dir="auto">{content.title}</span>
              <span class="muted">
                {' · '}
                {t('packages.version', { number: content.number })}
                {' · '}
                {t('packages.filesIn', { count: content.files })}
                {' · '}
                <Time at={content.at} form="dayAndTime" />
              </span>
            </p>
          ) : (
            !coming && <p class="muted">{t('packages.emptyStaff')}</p>
          )}
          {coming && <Coming packageId={of.packageId} coming={coming} />}
          {!busy && (
            <div class="cluster">
              <PickFiles
                label={t(content ? 'packages.replace' : 'packages.chooseFile')}
                kind={content ? 'plain' : 'primary'}
                accept=".zip,.h5p,application/zip"
                one
                onFiles={take}
              />
              <p class="muted">
                {content ? t('packages.replaceHint') : t('packages.fileHint', { size: sizeWords(largestPackage) })}
              </p>
            </div>
          )}
        </div>
      </Section>
    </DropPlace>
  )
}

function Coming({ packageId, coming: { name, sent, size, state } }: { packageId: string; coming: Incoming }) {
  if (state.is === 'failed' || state.is === 'refused')
    return (
      <Banner
        tone="bad"
        title={t(state.is === 'failed' ? 'packages.failed' : 'packages.refused', { name })}
        action={
          <>
            {state.is === 'failed' && (
              <Button size="small" onClick={() => sendAgain(packageId)}>
                {t('packages.again')}
              </Button>
            )}
            <Button size="small" onClick={() => stopSending(packageId)}>
              {t('packages.dismiss')}
            </Button>
          </>
        }
      >
        {state.detail}
      </Banner>
    )
  const words =
    state.is === 'broken'
      ? t('packages.sendingWaits')
      : `${Math.floor((sent / Math.max(1, size)) * 100)} % · ${sizeWords(size)}`
  return (
    <div class="package-coming">
      <Progress label={sent >= size ? t('packages.checking', { name }) : name} value={sent} max={size} words={words} />
      <IconButton icon={X} label={t('packages.stop')} onClick={() => stopSending(packageId)} />
    </div>
  )
}
