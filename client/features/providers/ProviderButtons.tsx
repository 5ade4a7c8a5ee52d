// The ways in by providers, under the form of the sign-in page. Without any, or while they cannot be read, nothing.
import { LogIn } from 'lucide-preact'
import { useEffect, useState } from 'preact/hooks'
import { request } from '#client/platform/call.ts'
import { t } from '#client/platform/texts.ts'
import { useLoad } from '#client/platform/use-load.ts'
import { Button } from '#client/ui/Button.tsx'
import { type OfferedProvider, providerRoutes } from '#protocol/providers.ts'

interface ProviderButtonsProps {
  /** Where to go once one is in. */
  readonly next: string
  readonly onProblem: (error: unknown) => void
}

export function ProviderButtons({ next, onProblem }: ProviderButtonsProps) {
  const { value } = useLoad('offered', () => request(providerRoutes.offered, {}))
  const [busy, setBusy] = useState<string>()
  // Whoever comes back by the browser's own button finds the page as it was left.
  useEffect(() => {
    const again = () => setBusy(undefined)
    addEventListener('pageshow', again)
    return () => removeEventListener('pageshow', again)
  }, [])

  const go = async ({ id: providerId }: OfferedProvider) => {
    if (busy !== undefined) return
    setBusy(providerId)
    try {
      const { location } = await request(providerRoutes.begin, { providerId, next })
      window.location.assign(location)
    } catch (error) {
      setBusy(undefined)
      onProblem(error)
    }
  }

  if (!value || value.items.length === 0) return null
  return (
    <>
      {value.items.map(one => (
        <Button key={one.id} size="large" wide icon={LogIn} busy={busy === one.id} onClick={() => void go(one)}>
          {t('providers.continueWith', { name: one.name })}
        </Button>
      ))}
    </>
  )
}
