// Plays sound and film of a course by ranges: at the speed the reader chose last, from where it was left, with what is said
// beside it. What was really played is told every now and then, so that it counts on every device.
import { useEffect, useRef, useState } from 'preact/hooks'
import { t } from '#client/platform/texts.ts'
import { useLoad } from '#client/platform/use-load.ts'
import { Banner } from '#client/ui/Banner.tsx'
import { Button } from '#client/ui/Button.tsx'
import { Field } from '#client/ui/Field.tsx'
import { Progress } from '#client/ui/Progress.tsx'
import type { Watched } from '#protocol/files/watching.ts'
import type { File } from '#protocol/files.ts'
import { Played } from './played.ts'
import { keepPlace, keepSpeed, keptPlace, keptSpeed, speeds } from './playing.ts'
import { contentUrl } from './store.ts'
import { Transcript } from './Transcript.tsx'
import { captionsFor, captionsUrl, languageName, listCaptions, ownWatch, tellWatched } from './watching.ts'

/** Milliseconds between two tellings while it plays. */
const tellEveryMs = 15_000

const twoDigits = (value: number): string => String(value).padStart(2, '0')

/** Seconds as a clock shows them: 1:02:03. */
export function clockOf(seconds: number): string {
  const whole = Math.floor(seconds)
  const hours = Math.floor(whole / 3600)
  const minutes = Math.floor((whole % 3600) / 60)
  return hours > 0 ? `${hours}:${twoDigits(minutes)}:${twoDigits(whole % 60)}` : `${minutes}:${twoDigits(whole % 60)}`
}

/** Tells what was played: every now and then, when it stops, and when the reader goes away. */
function useWatching(fileId: string, media: { readonly current: HTMLMediaElement | null }) {
  const known = useLoad(fileId, () => ownWatch(fileId))
  const [told, setTold] = useState<Watched | undefined>()
  const played = useRef(new Played())
  const tell = () => {
    const element = media.current
    const length = Math.ceil(element?.duration ?? 0)
    if (!element || !Number.isFinite(length) || length < 1) return
    const spans = played.current.take().map(([from, to]): [number, number] => [from, Math.min(to, length)])
    if (spans.length === 0) return
    tellWatched(fileId, { place: element.currentTime, length, spans }).then(
      ({ watched }) => setTold(watched),
      () => played.current.putBack(spans),
    )
  }
  useEffect(() => {
    const timer = setInterval(tell, tellEveryMs)
    const hidden = () => document.visibilityState === 'hidden' && tell()
    document.addEventListener('visibilitychange', hidden)
    return () => {
      clearInterval(timer)
      document.removeEventListener('visibilitychange', hidden)
      tell()
    }
  }, [fileId])
  return { watched: told ?? known.value?.watched, played: played.current, tell }
}

export function MediaPlayer({ file, captionsTurn }: { readonly file: File; readonly captionsTurn: string }) {
  const media = useRef<HTMLMediaElement>(null)
  const [speed, setSpeed] = useState(keptSpeed)
  const [resumed, setResumed] = useState(0)
  const [failed, setFailed] = useState(false)
  const { watched, played, tell } = useWatching(file.id, media)
  const captions = useLoad(`${file.id} ${captionsTurn}`, () => listCaptions(file.id)).value?.items ?? []
  const [language, setLanguage] = useState('')
  const chosen = captions.find(one => one.language === language) ?? captionsFor(captions)
  const [track, setTrack] = useState<HTMLTrackElement | undefined>()

  useEffect(() => {
    if (media.current) media.current.playbackRate = speed
  }, [speed])

  const goOn = (from: number) => {
    const element = media.current
    if (!element || from <= 5 || from >= element.duration - 10 || element.currentTime > 0) return
    element.currentTime = from
    setResumed(from)
  }
  const ready = () => {
    if (media.current) media.current.playbackRate = speed
    goOn(keptPlace(file.id) || (watched?.place ?? 0))
  }
  // What another device says may come after the film is ready.
  useEffect(() => {
    if (watched && (media.current?.readyState ?? 0) > 0) goOn(keptPlace(file.id) || watched.place)
  }, [watched === undefined])

  const left = () => {
    const element = media.current
    if (!element) return
    keepPlace(file.id, element.currentTime, element.duration)
    if (!element.paused && !element.seeking) played.on(element.currentTime)
  }
  const stopped = () => {
    left()
    played.off()
    tell()
  }
  const shared = {
    src: contentUrl(file.id),
    controls: true,
    preload: 'metadata',
    'aria-label': file.name,
    onLoadedMetadata: ready,
    onPause: stopped,
    onEnded: stopped,
    onSeeking: () => played.off(),
    onTimeUpdate: left,
    onError: () => setFailed(true),
  } as const
  const tracks = captions.map(one => (
    <track
      key={`${one.language} ${one.version}`}
      kind="captions"
      srcLang={one.language}
      label={languageName(one.language)}
      src={captionsUrl(file.id, one)}
      ref={one === chosen ? (element: HTMLTrackElement | null) => void (element && setTrack(element)) : null}
    />
  ))
  return (
    <div class="stack player">
      {failed && <Banner tone="warn">{t('files.noPlay')}</Banner>}
      {file.form === 'video' ? (
        <video ref={media as never} class="player-video" playsInline {...shared}>
          {tracks}
        </video>
      ) : (
        <audio ref={media as never} class="player-audio" {...shared}>
          {tracks}
        </audio>
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
        {watched && watched.seconds > 0 && (
          <Progress
            label={t('files.watched')}
            value={watched.seconds}
            max={watched.length}
            words={t('files.watchedOf', { watched: clockOf(watched.seconds), length: clockOf(watched.length) })}
          />
        )}
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
      {chosen && (
        <Transcript
          there={captions}
          chosen={chosen}
          onChoose={setLanguage}
          track={track}
          onSeek={seconds => {
            if (media.current) media.current.currentTime = seconds
          }}
        />
      )}
    </div>
  )
}
