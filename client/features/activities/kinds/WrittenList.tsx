// What people wrote, for hosts: who and what, the newest first, and whether the class sees it. Reads the list anew while
// answers come.
import { useEffect, useState } from 'preact/hooks'
import { request } from '#client/platform/call.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { useLoad } from '#client/platform/use-load.ts'
import { Badge } from '#client/ui/Badge.tsx'
import { Button } from '#client/ui/Button.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import { Time } from '#client/ui/Time.tsx'
import { activityRoutes } from '#protocol/activities.ts'
import type { InputBefore } from '#protocol/base/call.ts'
import type { HostBoardProps } from './kind.ts'
import './Words.css'

type Input = InputBefore<typeof activityRoutes.written>

/** How often the list is read while answers come, in milliseconds: a text that changes is no new number. */
const rhythm = 2_500

type WrittenListProps = Pick<HostBoardProps, 'deliveryId' | 'tally' | 'onSteer'> & {
  readonly activityId: string
  readonly itemId: string
  readonly shown: readonly string[]
  readonly open: boolean
}

/** The list. */
export function WrittenList({ activityId, deliveryId, itemId, tally, shown, open, onSteer }: WrittenListProps) {
  const [limit, setLimit] = useState(50)
  const key = `${deliveryId} ${itemId} ${limit}`
  const read = useLoad(key, () =>
    request(activityRoutes.written, { activityId, deliveryId, itemId, limit } as unknown as Input),
  )
  useEffect(() => {
    const timer = setTimeout(() => read.reload(), 300)
    return () => clearTimeout(timer)
  }, [tally.answered, open])
  useEffect(() => {
    if (!open) return
    const timer = setInterval(() => read.reload(), rhythm)
    return () => clearInterval(timer)
  }, [open, key])
  const found = read.value
  if (!found) return read.problem ? <p class="field-error">{problemWords(read.problem)}</p> : <Skeleton form="rows" />
  if (found.items.length === 0) return <p class="muted">{t('activities.hostNoTexts')}</p>
  return (
    <section class="words-host" aria-label={t('activities.hostTexts')}>
      <p class="muted texts-note">{t('activities.textUnnamed')}</p>
      <ul class="words-list">
        {found.items.map(one => {
          const isShown = shown.includes(one.responseId)
          const verb = isShown ? 'hide' : 'show'
          return (
            <li class="texts-row" key={one.accountId} data-shown={isShown || undefined}>
              <p class="texts-text" dir="auto">
                {one.text}
              </p>
              <div class="texts-foot">
                <span class="muted texts-who">
                  {one.name} · <Time at={one.at} form="clock" />{' '}
                  {isShown && <Badge tone="accent">{t('activities.textShown')}</Badge>}
                </span>
                <Button
                  size="small"
                  aria-label={t(isShown ? 'activities.textHideNamed' : 'activities.textShowNamed', { name: one.name })}
                  onClick={() => onSteer({ do: verb, itemId, mark: one.responseId })}
                >
                  {isShown ? t('activities.textHide') : t('activities.textShow')}
                </Button>
              </div>
            </li>
          )
        })}
      </ul>
      {found.next !== undefined && limit < 200 && (
        <Button kind="quiet" onClick={() => setLimit(200)}>
          {t('activities.textMore')}
        </Button>
      )}
    </section>
  )
}
