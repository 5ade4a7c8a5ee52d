// What people wrote, for hosts: who and what, the newest first, and whether the class sees it. Reads the list anew while
// answers come.
import { useEffect } from 'preact/hooks'
import { request } from '#client/platform/call.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { usePages } from '#client/platform/use-pages.ts'
import { Badge } from '#client/ui/Badge.tsx'
import { Button } from '#client/ui/Button.tsx'
import { ShowMore } from '#client/ui/ShowMore.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import { Time } from '#client/ui/Time.tsx'
import { activityRoutes } from '#protocol/activities.ts'
import type { InputBefore } from '#protocol/base/call.ts'
import type { HostBoardProps } from './kind.ts'
import './Words.css'

type Input = InputBefore<typeof activityRoutes.written>

/** How often the list is read while answers come, in milliseconds: a text that changes is no new number. */
const rhythm = 2_500
const firstPage = 50
const longestPage = 200

type WrittenListProps = Pick<HostBoardProps, 'deliveryId' | 'tally' | 'onSteer'> & {
  readonly activityId: string
  readonly itemId: string
  readonly shown: readonly string[]
  readonly open: boolean
}

/** The list. */
export function WrittenList({ activityId, deliveryId, itemId, tally, shown, open, onSteer }: WrittenListProps) {
  const list = usePages(`${deliveryId} ${itemId}`, (after, wanted) =>
    request(activityRoutes.written, {
      ...{ activityId, deliveryId, itemId },
      limit: after === undefined ? Math.min(longestPage, Math.max(firstPage, wanted)) : longestPage,
      ...(after === undefined ? {} : { after }),
    } as unknown as Input),
  )
  const { rows, problem, reload } = list
  useEffect(() => {
    const timer = setTimeout(reload, 300)
    return () => clearTimeout(timer)
  }, [tally.answered, open])
  useEffect(() => {
    if (!open) return
    const timer = setInterval(reload, rhythm)
    return () => clearInterval(timer)
  }, [open, reload])
  if (!rows) return problem ? <p class="field-error">{problemWords(problem)}</p> : <Skeleton form="rows" />
  if (rows.length === 0) return <p class="muted">{t('activities.hostNoTexts')}</p>
  return (
    <section class="words-host" aria-label={t('activities.hostTexts')}>
      <p class="muted texts-note">{t('activities.textUnnamed')}</p>
      <ul class="words-list">
        {rows.map(one => {
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
      <ShowMore onMore={list.more} busy={list.busy} problem={problem && problemWords(problem)} />
    </section>
  )
}
