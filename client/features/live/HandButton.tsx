// One's own hand: a button that says in words how it stands. Nothing else on the screen moves when that changes.
import { Hand } from 'lucide-preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { call } from '#client/platform/call.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { useScope } from '#client/platform/use-scope.ts'
import { Icon } from '#client/ui/Icon.tsx'
import { announce } from '#client/ui/LiveRegion.tsx'
import { showToast } from '#client/ui/Toast.tsx'
import type { InputBefore } from '#protocol/base/call.ts'
import { seatId, seatScope } from '#protocol/live/hands.ts'
import { liveCalls } from '#protocol/live.ts'
import './HandButton.css'

export type HandButtonProps = { readonly runId: string; readonly meId: string }

/** For somebody with a seat in a class that runs. */
export function HandButton({ runId, meId }: HandButtonProps) {
  const scope = useScope(seatScope, seatId(runId, meId))
  const hand = scope.state.value?.hand ?? null
  // What was tapped, until the server says the same.
  const [wanted, setWanted] = useState<'up' | 'down' | undefined>(undefined)
  const up = wanted === undefined ? hand !== null : wanted === 'up'
  const called = hand !== null && hand.calledAt !== null && wanted !== 'down'
  const before = scope.fleeting.value.place?.before

  const was = useRef<'up' | 'down' | 'called' | undefined>(undefined)
  const is = !scope.state.value ? undefined : called ? 'called' : hand ? 'up' : 'down'
  useEffect(() => {
    if (is === undefined) return
    if (is === 'called') {
      announce(t('live.yourTurn'), 'assertive')
      if (was.current !== undefined) showToast({ text: t('live.yourTurn') })
    } else if (is === 'down' && was.current !== undefined && wanted !== 'down') announce(t('live.handLowered'))
    was.current = is
  }, [is])

  const tap = async () => {
    const next = up ? 'down' : 'up'
    setWanted(next)
    try {
      await call(liveCalls.hand, { runId, up: next === 'up' } as InputBefore<typeof liveCalls.hand>)
      announce(next === 'up' ? t('live.handUp') : t('live.handDown'))
    } catch (error) {
      showToast({ text: problemWords(error), tone: 'bad' })
    } finally {
      setWanted(undefined)
    }
  }

  const words = called ? t('live.yourTurn') : up ? placeWords(hand ? before : undefined) : t('live.raiseHand')
  return (
    <button
      type="button"
      class="hand-button"
      data-hand={called ? 'called' : up ? 'up' : 'down'}
      aria-label={up ? `${words}. ${t('live.lowerOwn')}` : undefined}
      title={up ? t('live.lowerOwn') : undefined}
      onClick={() => void tap()}
    >
      <Icon as={Hand} size={20} />
      <span>{words}</span>
    </button>
  )
}

function placeWords(before: number | undefined): string {
  if (before === undefined) return t('live.handUp')
  return before === 0 ? t('live.handNext') : t('live.handBefore', { count: before })
}
