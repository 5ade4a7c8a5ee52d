// The hands of a class for its hosts: who is called, who waits and since when, in order; one press gives somebody the
// turn or lowers a hand.
import { Hand } from 'lucide-preact'
import { useEffect, useRef } from 'preact/hooks'
import { call } from '#client/platform/call.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { Avatar } from '#client/ui/Avatar.tsx'
import { Badge } from '#client/ui/Badge.tsx'
import { Button } from '#client/ui/Button.tsx'
import { EmptyState } from '#client/ui/EmptyState.tsx'
import { List, Row } from '#client/ui/List.tsx'
import { announce } from '#client/ui/LiveRegion.tsx'
import { Time } from '#client/ui/Time.tsx'
import { showToast } from '#client/ui/Toast.tsx'
import type { InputBefore } from '#protocol/base/call.ts'
import type { HandQueue } from '#protocol/live/hands.ts'
import { liveCalls } from '#protocol/live.ts'

export type HandsProps = { readonly runId: string; readonly hands: HandQueue }

const acting = (act: Promise<unknown>): void => {
  act.catch(error => showToast({ text: problemWords(error), tone: 'bad' }))
}

/** The queue. */
export function Hands({ runId, hands }: HandsProps) {
  const one = (accountId: string) => ({ runId, accountId }) as InputBefore<typeof liveCalls.callOn>
  if (hands.up === 0)
    return (
      <EmptyState icon={Hand} title={t('live.handsNone')}>
        {t('live.handsNoneDetail')}
      </EmptyState>
    )
  const first = hands.first.find(hand => hand.calledAt === null)
  const more = hands.up - hands.first.length
  return (
    <div class="stack">
      <List label={t('live.hands')}>
        {hands.first.map(hand => (
          <Row
            key={hand.accountId}
            start={<Avatar name={hand.name} seed={hand.accountId} />}
            title={hand.name}
            detail={<Time at={hand.raisedAt} form="clock" />}
            end={
              <>
                {hand.calledAt ? (
                  <Badge tone="accent">{t('live.handCalled')}</Badge>
                ) : (
                  <Button
                    kind={hand === first ? 'primary' : 'plain'}
                    onClick={() => acting(call(liveCalls.callOn, one(hand.accountId)))}
                    aria-label={t('live.callOnName', { name: hand.name })}
                  >
                    {t('live.callOn')}
                  </Button>
                )}
                <Button
                  kind="quiet"
                  onClick={() => acting(call(liveCalls.lowerHand, one(hand.accountId)))}
                  aria-label={t('live.lowerHandOf', { name: hand.name })}
                >
                  {t('live.lowerHand')}
                </Button>
              </>
            }
          />
        ))}
      </List>
      {more > 0 && <p class="muted">{t('live.handsMore', { count: more })}</p>}
      <div>
        <Button
          onClick={() => acting(call(liveCalls.lowerHands, { runId } as InputBefore<typeof liveCalls.lowerHands>))}
        >
          {t('live.lowerAll')}
        </Button>
      </div>
    </div>
  )
}

/** Says who has raised a hand while it is a few, and how many there are when it is many. */
export function useHandsSaid(hands: HandQueue): void {
  const known = useRef<ReadonlySet<string> | undefined>(undefined)
  useEffect(() => {
    const now = new Set(hands.first.map(hand => hand.accountId))
    const fresh = known.current ? hands.first.filter(hand => !known.current?.has(hand.accountId)) : []
    known.current = now
    if (fresh.length === 0) return
    const [only] = fresh
    announce(
      fresh.length === 1 && only ? t('live.handOf', { name: only.name }) : t('live.handsUp', { count: hands.up }),
    )
  }, [hands])
}
