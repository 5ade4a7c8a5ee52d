// Plays sound and film of a course by ranges: at the speed the reader chose last, from where it was left.
import { useEffect, useRef, useState } from 'preact/hooks'
import { t } from '#client/platform/texts.ts'
import { Banner } from '#client/ui/Banner.tsx'
import { Button } from '#client/ui/Button.tsx'
import { Field } from '#client/ui/Field.tsx'
import type { File } from '#protocol/files.ts'
import { keepPlace, keepSpeed, keptPlace, keptSpeed, speeds } from './playing.ts'
import { contentUrl } from './store.ts'

const twoDigits = (value: number): string => String(value).padStart(2, '0')

/** Seconds as a clock shows them: 1:02:03. */
export function clockOf(seconds: number): string {
  const whole = Math.floor(seconds)
  const hours = Math.floor(whole / 3600)
  const minutes = Math.floor((whole % 3600) / 60)
  return hours > 0 ? `${hours}:${twoDigits(minutes)}:${twoDigits(whole % 60)}` : `${minutes}:${twoDigits(whole % 60)}`
}

export function MediaPlayer({ file }: { readonly file: File }) {
  const media = useRef<HTMLMediaElement>(null)
  const [speed, setSpeed] = useState(keptSpeed)
  const [resumed, setResumed] = useState(0)
  const [failed, setFailed] = useState(false)

  useEffect(() => {
    if (media.current) media.current.playbackRate = speed
  }, [speed])

  const ready = () => {
    const element = media.current
    if (!element) return
    element.playbackRate = speed
    const from = keptPlace(file.id)
    if (from === 0 || from >= element.duration) return
    element.currentTime = from
    setResumed(from)
  }
  const left = () => {
    const element = media.current
    if (element) keepPlace(file.id, element.currentTime, element.duration)
  }
  const shared = {
    src: contentUrl(file.id),
    controls: true,
    preload: 'metadata',
    'aria-label': file.name,
    onLoadedMetadata: ready,
    onPause: left,
    onTimeUpdate: left,
    onError: () => setFailed(true),
  } as const
  return (
    <div class="stack player">
      {failed && <Banner tone="warn">{t('files.noPlay')}</Banner>}
      {file.form === 'video' ? (
        <video ref={media as never} class="player-video" playsInline {...shared} />
      ) : (
        <audio ref={media as never} class="player-audio" {...shared} />
      )}
      <div class="player-line">
        <Field
          type="select"
          name="speed"
          label={t('files.speed')}
          value={String(speed)}
          onValue={value => {
            setSpeed(Number(value))
            keepSpeed(Number(value))
          }}
          options={speeds.map(one => ({ value: String(one), label: t('files.speedOf', { speed: one }) }))}
        />
        {resumed > 0 && (
          <p class="player-resumed">
            {t('files.resumed', { at: clockOf(resumed) })}{' '}
            <Button
              size="small"
              kind="quiet"
              onClick={() => {
                if (media.current) media.current.currentTime = 0
                setResumed(0)
              }}
            >
              {t('files.fromStart')}
            </Button>
          </p>
        )}
      </div>
    </div>
  )
}
