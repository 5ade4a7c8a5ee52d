// What is said, in step with the recording: the line that is spoken is marked, a tap goes there, words are found. The
// browser reads the captions; nothing of them is taken for markup.
import { useEffect, useRef, useState } from 'preact/hooks'
import { t } from '#client/platform/texts.ts'
import { Switch } from '#client/ui/Choice.tsx'
import { Field } from '#client/ui/Field.tsx'
import type { Captions } from '#protocol/files/watching.ts'
import { clockOf } from './MediaPlayer.tsx'
import { languageName } from './watching.ts'

interface Line {
  readonly at: number
  readonly text: string
}

const lineOf = (cue: VTTCue): Line => ({ at: cue.startTime, text: cue.getCueAsHTML().textContent?.trim() ?? '' })

/** The lines of a track, and the moment the spoken one began. The track is loaded without being shown. */
function useLines(track: HTMLTrackElement | undefined) {
  const [lines, setLines] = useState<readonly Line[]>([])
  const [now, setNow] = useState<number | undefined>()
  const [failed, setFailed] = useState(false)
  useEffect(() => {
    if (!track) return
    setFailed(false)
    const { track: cues } = track
    if (cues.mode === 'disabled') cues.mode = 'hidden'
    const loaded = () => setLines([...(cues.cues ?? [])].map(cue => lineOf(cue as VTTCue)).filter(line => line.text))
    const spoken = () => setNow((cues.activeCues?.[0] as VTTCue | undefined)?.startTime)
    const broke = () => setFailed(true)
    loaded()
    track.addEventListener('load', loaded)
    track.addEventListener('error', broke)
    cues.addEventListener('cuechange', spoken)
    return () => {
      track.removeEventListener('load', loaded)
      track.removeEventListener('error', broke)
      cues.removeEventListener('cuechange', spoken)
    }
  }, [track])
  return { lines, now, failed }
}

export interface TranscriptProps {
  readonly there: readonly Captions[]
  readonly chosen: Captions
  readonly onChoose: (language: string) => void
  readonly track: HTMLTrackElement | undefined
  readonly onSeek: (seconds: number) => void
}

/** The transcript of a recording, in one of the languages there are. */
export function Transcript({ there, chosen, onChoose, track, onSeek }: TranscriptProps) {
  const { lines, now, failed } = useLines(track)
  const [wanted, setWanted] = useState('')
  const [follows, setFollows] = useState(true)
  const list = useRef<HTMLOListElement>(null)
  const sought = wanted.trim().toLocaleLowerCase()
  const shown = sought === '' ? lines : lines.filter(line => line.text.toLocaleLowerCase().includes(sought))

  useEffect(() => {
    const line = list.current?.querySelector<HTMLElement>('[aria-current]')
    // Only the list moves, never the page under somebody's thumb.
    if (follows && line && list.current)
      list.current.scrollTop = line.offsetTop - list.current.clientHeight / 2 + line.clientHeight / 2
  }, [now, follows])

  return (
    <section class="transcript" aria-label={t('files.transcript')}>
      <div class="transcript-head">
        <h2>{t('files.transcript')}</h2>
        <Switch label={t('files.transcriptFollow')} checked={follows} onChecked={setFollows} />
      </div>
      <div class="transcript-tools">
        {there.length > 1 && (
          <Field
            type="select"
            name="transcript-language"
            label={t('files.captionsLanguage')}
            value={chosen.language}
            onValue={onChoose}
            options={there.map(({ language }) => ({ value: language, label: languageName(language) }))}
          />
        )}
        <Field
          type="search"
          name="transcript-find"
          label={t('files.transcriptFind')}
          value={wanted}
          onValue={setWanted}
        />
      </div>
      {failed && <p class="muted">{t('files.transcriptFailed')}</p>}
      {sought !== '' && shown.length === 0 && <p class="muted">{t('files.transcriptNone')}</p>}
      <ol ref={list} class="transcript-lines" lang={chosen.language} dir="auto" onWheel={() => setFollows(false)}>
        {shown.map(line => (
          <li key={line.at}>
            <button
              type="button"
              class="transcript-line"
              aria-current={line.at === now ? 'true' : undefined}
              onClick={() => onSeek(line.at)}
            >
              <span class="figures muted">{clockOf(line.at)}</span>
              <span dir="auto">{line.text}</span>
            </button>
          </li>
        ))}
      </ol>
    </section>
  )
}
