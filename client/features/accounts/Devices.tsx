// Where the person is signed in, each with a way to end it.
import { Laptop, type LucideIcon, MonitorSmartphone, Smartphone, Tablet } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { request } from '#client/platform/call.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import type { Loaded } from '#client/platform/use-load.ts'
import { Badge } from '#client/ui/Badge.tsx'
import { Button } from '#client/ui/Button.tsx'
import { ErrorState } from '#client/ui/ErrorState.tsx'
import { Icon } from '#client/ui/Icon.tsx'
import { List, Row } from '#client/ui/List.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import { Time } from '#client/ui/Time.tsx'
import { showToast } from '#client/ui/Toast.tsx'
import { accountRoutes, type Device } from '#protocol/accounts.ts'

const icons: Record<Device['kind'], LucideIcon> = {
  computer: Laptop,
  phone: Smartphone,
  tablet: Tablet,
  other: MonitorSmartphone,
}

function nameOf({ browser, system }: Device): string {
  if (browser && system) return t('accounts.device', { browser, system })
  return browser || system || t('accounts.deviceUnknown')
}

export function Devices({ loaded }: { readonly loaded: Loaded<{ items: Device[] }> }) {
  const { value, problem, reload } = loaded
  const [ending, setEnding] = useState<string | undefined>(undefined)
  if (value === undefined)
    return problem ? (
      <ErrorState title={t('accounts.loadFailed')} detail={problemWords(problem)} onRetry={reload} />
    ) : (
      <Skeleton form="rows" count={2} />
    )

  const end = async (device: Device) => {
    setEnding(device.id)
    try {
      await request(accountRoutes.endDevice, { sessionId: device.id })
      showToast({ text: t('accounts.deviceEnded', { device: nameOf(device) }) })
      reload()
    } catch (error) {
      showToast({ text: problemWords(error), tone: 'bad' })
    } finally {
      setEnding(undefined)
    }
  }

  return (
    <List label={t('accounts.devices')}>
      {value.items.map(device => (
        <Row
          key={device.id}
          start={<Icon as={icons[device.kind]} size={20} />}
          title={nameOf(device)}
          detail={
            <>
              {!device.current && (
                <>
                  {t('accounts.lastSeen')} <Time at={device.lastSeenAt} />
                </>
              )}
              {!device.current && device.address && ' · '}
              {device.address && t('accounts.network', { address: device.address })}
            </>
          }
          end={
            device.current ? (
              <Badge tone="accent">{t('accounts.thisDevice')}</Badge>
            ) : (
              <Button
                kind="quiet"
                busy={ending === device.id}
                aria-label={t('accounts.endDeviceOf', { device: nameOf(device) })}
                onClick={() => void end(device)}
              >
                {t('accounts.endDevice')}
              </Button>
            )
          }
        />
      ))}
    </List>
  )
}
