// Records in the browser: what to record, the recording with its time, and what came of it, to keep or to do again.
import { Circle, Mic, Monitor, Pause, Play, Square, Video } from 'lucide-preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { t } from '#client/platform/texts.ts'
import { Button } from '#client/ui/Button.tsx'
import { Dialog } from '#client/ui/Dialog.tsx'
import { EmptyState } from '#client/ui/EmptyState.tsx'
import { Field } from '#client/ui/Field.tsx'
import { Form, FormActions } from '#client/ui/Form.tsx'
import { Icon, type LucideIcon } from '#client/ui/Icon.tsx'
import {
  endingOf,
  longestRecording,
  offered,
  type Recording,
  RecordingRefused,
  type Refusal,
  record,
  type Source,
} from './recorder.ts'
import { sizeWords } from './store.ts'
import './record.css'

interface RecordDialogProps {
  readonly onClose: () => void
  /** What was recorded, under the name it was given. */
  readonly onFile: (file: File) => void
}

const icons: Record<Source, LucideIcon> = { sound: Mic, camera: Video, screen: Monitor }

const refusals = {
  insecure: 'files.recordInsecure',
  denied: 'files.recordDenied',
  missing: 'files.recordMissing',
  failed: 'files.recordFailed',
} as const satisfies Record<Refusal, string>

const sourceWord = (source: Source): string =>
  source === 'sound' ? t('files.recordSound') : source === 'camera' ? t('files.recordCamera') : t('files.recordScreen')

/** Minutes and seconds, as a clock says them. */
const clock = (seconds: number): string =>
  `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`

export function RecordDialog({ onClose, onFile }: RecordDialogProps) {
  const [recording, setRecording] = useState<Recording>()
  const [made, setMade] = useState<{ readonly blob: Blob; readonly source: Source }>()
  const [refusal, setRefusal] = useState<Refusal>()
  const [busy, setBusy] = useState(false)
  const running = useRef<Recording | undefined>(undefined)
  running.current = recording
  // The microphone is given back whichever way the dialog goes.
  useEffect(() => () => running.current?.drop(), [])

  const begin = async (source: Source) => {
    if (busy) return
    setBusy(true)
    setRefusal(undefined)
    try {
      setRecording(await record(source, blob => keep(blob, source)))
    } catch (error) {
      setRefusal(error instanceof RecordingRefused ? error.reason : 'failed')
    } finally {
      setBusy(false)
    }
  }
  const keep = (blob: Blob, source: Source) => {
    setRecording(undefined)
    if (blob.size === 0) setRefusal('failed')
    else setMade({ blob, source })
  }
  const stop = async () => {
    if (recording) keep(await recording.stop(), recording.source)
  }

  const drop = () => {
    recording?.drop()
    setRecording(undefined)
  }

  return (
    <Dialog open onClose={onClose} title={t('files.record')}>
      {recording ? (
        <Running recording={recording} onStop={() => void stop()} onDrop={drop} />
      ) : made ? (
        <Made
          {...made}
          onAgain={() => setMade(undefined)}
          onKeep={file => {
            onFile(file)
            onClose()
          }}
        />
      ) : offered().length === 0 ? (
        <EmptyState icon={Mic} title={t('files.recordNot')}>
          {t('files.recordInsecure')}
        </EmptyState>
      ) : (
        <div class="stack">
          <p class="muted">{t('files.recordLead', { minutes: longestRecording / 60 })}</p>
          {refusal && <p role="alert">{t(refusals[refusal])}</p>}
          <div class="record-sources">
            {offered().map(one => (
              <Button key={one} icon={icons[one]} disabled={busy} onClick={() => void begin(one)}>
                {sourceWord(one)}
              </Button>
            ))}
          </div>
        </div>
      )}
    </Dialog>
  )
}

interface RunningProps {
  readonly recording: Recording
  readonly onStop: () => void
  readonly onDrop: () => void
}

function Running({ recording, onStop, onDrop }: RunningProps) {
  const { stream, source, seconds, paused } = recording
  const video = useRef<HTMLVideoElement>(null)
  useEffect(() => {
    if (video.current) video.current.srcObject = stream
  }, [stream])
  const left = longestRecording - seconds.value
  return (
    <div class="stack record-running">
      {source !== 'sound' && (
        <video
          ref={video}
          class="record-picture"
          muted
          autoplay
          playsInline
          tabIndex={-1}
          aria-label={t('files.recordShown')}
        />
      )}
      <p class="record-time" data-paused={paused.value || undefined}>
        <Icon as={Circle} />
        <span role="status">{paused.value ? t('files.recordPaused') : t('files.recording')}</span>
        <span role="timer">{clock(seconds.value)}</span>
      </p>
      {left <= 60 && <p role="status">{t('files.recordEnds', { seconds: left })}</p>}
      <div class="cluster">
        <Button kind="primary" icon={Square} onClick={onStop}>
          {t('files.recordStop')}
        </Button>
        {paused.value ? (
          <Button icon={Play} onClick={() => recording.resume()}>
            {t('files.recordResume')}
          </Button>
        ) : (
          <Button icon={Pause} onClick={() => recording.pause()}>
            {t('files.recordPause')}
          </Button>
        )}
        <Button kind="quiet" onClick={onDrop}>
          {t('files.recordDrop')}
        </Button>
      </div>
    </div>
  )
}

interface MadeProps {
  readonly blob: Blob
  readonly source: Source
  readonly onAgain: () => void
  readonly onKeep: (file: File) => void
}

function Made({ blob, source, onAgain, onKeep }: MadeProps) {
  const [name, setName] = useState(() => sourceWord(source))
  const [address, setAddress] = useState<string>()
  useEffect(() => {
    const made = URL.createObjectURL(blob)
    setAddress(made)
    return () => URL.revokeObjectURL(made)
  }, [blob])
  const missing = name.trim() === ''
  const keep = () => {
    if (!missing) onKeep(new File([blob], `${name.trim()}.${endingOf(blob)}`, { type: blob.type }))
  }
  return (
    <Form onSubmit={keep}>
      {source === 'sound' ? (
        // biome-ignore lint/a11y/useMediaCaption: just spoken by the reader themselves; captions are added to the file.
        <audio class="record-picture" src={address} controls aria-label={t('files.recordMade')} />
      ) : (
        // biome-ignore lint/a11y/useMediaCaption: just spoken by the reader themselves; captions are added to the file.
        <video class="record-picture" src={address} controls playsInline aria-label={t('files.recordMade')} />
      )}
      <Field
        name="name"
        label={t('files.recordName')}
        hint={sizeWords(blob.size)}
        value={name}
        onValue={setName}
        error={missing ? t('files.recordNameMissing') : undefined}
        maxLength={150}
      />
      <FormActions>
        <Button onClick={onAgain}>{t('files.recordAgain')}</Button>
        <Button kind="primary" type="submit">
          {t('files.recordKeep')}
        </Button>
      </FormActions>
    </Form>
  )
}
