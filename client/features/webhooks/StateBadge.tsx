// How an endpoint stands, in a word.
import { t } from '#client/platform/texts.ts'
import { Badge } from '#client/ui/Badge.tsx'
import type { Endpoint } from '#protocol/webhooks.ts'

export function StateBadge({ endpoint: { paused, failingSince } }: { readonly endpoint: Endpoint }) {
  if (paused !== null) return <Badge tone={paused === 'by-hand' ? 'neutral' : 'bad'}>{t('webhooks.paused')}</Badge>
  if (failingSince !== null) return <Badge tone="warn">{t('webhooks.failing')}</Badge>
  return <Badge tone="good">{t('webhooks.active')}</Badge>
}
