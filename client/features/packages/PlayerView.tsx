// The player of a package: its own page in a frame of another origin, and around it what is in the package and whether it is
// kept. What is in the frame is not ours, and reaches nothing of ours.
import { Check, CloudOff, Maximize, X } from 'lucide-preact'
import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import { connection } from '#client/app/frame.ts'
import { clockTime } from '#client/platform/dates.ts'
import { t } from '#client/platform/texts.ts'
import { Banner } from '#client/ui/Banner.tsx'
import { Button } from '#client/ui/Button.tsx'
import { ErrorState } from '#client/ui/ErrorState.tsx'
import { Icon } from '#client/ui/Icon.tsx'
import { IconButton } from '#client/ui/IconButton.tsx'
import { Spinner } from '#client/ui/Spinner.tsx'
import type { OwnAttempts } from '#protocol/packages/attempts.ts'
import { beside, type Playing, startPlaying } from './playing.ts'
import type { Sitting } from './store.ts'
import './packages.css'

/** What a package may do: run on its own origin, and open what it brings; never lead this page away. */
const sandbox = 'allow-scripts allow-same-origin allow-forms allow-modals allow-popups allow-downloads'

interface PlayerViewProps {
  readonly title: string
  readonly sitting: Sitting
  readonly onOwn: (own: OwnAttempts) => void
  readonly onClose: () => void
  readonly onAgain: () => void
}

export function PlayerView({ title, sitting, onOwn, onClose, onAgain }: PlayerViewProps) {
  const frame = useRef<HTMLIFrameElement>(null)
  const whole = useRef<HTMLElement>(null)
  const [closing, setClosing] = useState(false)
  const playing = useMemo(
    () => startPlaying({ sitting, frame: () => frame.current?.contentWindow ?? null, onOwn }),
    [sitting],
  )
  useEffect(() => () => playing.end(), [playing])
  const close = async () => {
    setClosing(true)
    await playing.stop()
    onClose()
  }
  const many = playing.parts.filter(one => one.kind !== 'heading').length > 1
  const silent = playing.standing.value === 'silent'
  const failed = playing.standing.value === 'failed'
  const over = playing.standing.value === 'ended'
  return (
    <section
      class="package-player"
      ref={whole}
      aria-label={t('packages.playerOf', { title })}
      data-many={many || undefined}
    >
      <div class="package-bar">
        {sitting.attemptId === null ? <span class="muted">{t('packages.notKept')}</span> : <Kept playing={playing} />}
        <div class="cluster">
          {document.fullscreenEnabled && (
            <IconButton
              icon={Maximize}
              label={t('packages.full')}
              onClick={() => void whole.current?.requestFullscreen()}
            />
          )}
          <Button size="small" icon={X} busy={closing} onClick={() => void close()}>
            {t('packages.close')}
          </Button>
        </div>
      </div>
      {playing.failure.value !== undefined && (
        <Banner tone="bad">{t('packages.keepFailed', { why: playing.failure.value })}</Banner>
      )}
      {many && <Parts playing={playing} />}
      {(silent || failed) && (
        <ErrorState
          title={t('packages.openFailed')}
          detail={t(silent ? 'packages.silent' : 'packages.notBegun')}
          onRetry={onAgain}
        />
      )}
      {over && (
        <div class="card package-over" role="status">
          <p>{t('packages.ended')}</p>
          <Button kind="primary" onClick={() => void close()}>
            {t('packages.close')}
          </Button>
        </div>
      )}
      <iframe
        ref={frame}
        class="package-frame"
        hidden={silent || failed || over}
        title={t('packages.playerOf', { title })}
        src={sitting.address}
        sandbox={sandbox}
        allow="fullscreen; autoplay"
        referrerpolicy="no-referrer"
      />
      {many && <Steps playing={playing} />}
    </section>
  )
}

function Kept({ playing }: { readonly playing: Playing }) {
  const { waiting, keptAt, standing } = playing
  const offline = waiting.value > 0 && !connection.value.online
  return (
    <span class="package-kept figures" role="status">
      {standing.value === 'opening' ? (
        <>
          <Spinner /> {t('packages.opening')}
        </>
      ) : offline ? (
        <>
          <Icon as={CloudOff} /> {t('packages.keptHere')}
        </>
      ) : waiting.value > 0 ? (
        <>
          <Spinner /> {t('packages.keeping')}
        </>
      ) : keptAt.value === null ? (
        <span class="muted">{t('packages.keptNothing')}</span>
      ) : (
        <>
          <Icon as={Check} /> {t('packages.keptAt', { time: clockTime(keptAt.value) })}
        </>
      )}
    </span>
  )
}

function Parts({ playing }: { readonly playing: Playing }) {
  const { parts, part, states } = playing
  const open = part.value?.id
  return (
    <details class="package-parts" open={matchMedia('(min-width: 48rem)').matches}>
      <summary>
        {t('packages.parts')}
        {part.value && <span class="muted"> · {part.value.title}</span>}
      </summary>
      <ul>
        {parts.map(one => {
          const done = states.value.get(one.id)?.data.completion === 'completed'
          return (
            <li key={one.id} style={{ '--depth': one.depth }}>
              {one.kind === 'heading' ? (
                <span class="package-heading">{one.title}</span>
              ) : (
                <button
                  type="button"
                  class="package-part"
                  aria-current={one.id === open ? 'true' : undefined}
                  onClick={() => playing.play(one)}
                >
                  <span dir="auto">{one.title}</span>
                  {done && (
                    <>
                      <Icon as={Check} />
                      <span class="visually-hidden">{t('packages.statusCompleted')}</span>
                    </>
                  )}
                </button>
              )}
            </li>
          )
        })}
      </ul>
    </details>
  )
}

function Steps({ playing }: { readonly playing: Playing }) {
  const { parts, part } = playing
  const open = part.value
  const [before, after] = open ? [beside(parts, open, -1), beside(parts, open, 1)] : []
  return (
    <div class="package-steps">
      <Button disabled={!before} onClick={() => before && playing.play(before)}>
        {t('packages.previous')}
      </Button>
      <Button disabled={!after} onClick={() => after && playing.play(after)}>
        {t('packages.next')}
      </Button>
    </div>
  )
}
