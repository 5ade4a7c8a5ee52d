// Records sound, the camera or the screen with what the browser has, and makes a file of it that says how long it is. Keeps
// everything in memory until it is stopped, so a recording has a longest time.
import { signal } from '@preact/signals'

/** What is recorded; a screen comes with the voice of whoever shows it, where they allow the microphone. */
export const sources = ['sound', 'camera', 'screen'] as const
export type Source = (typeof sources)[number]

/** Seconds in one recording. */
export const longestRecording = 3_600

/** Why nothing is recorded. insecure: the page came over http, where browsers give no microphone away. */
export type Refusal = 'insecure' | 'denied' | 'missing' | 'failed'

export class RecordingRefused extends Error {
  constructor(readonly reason: Refusal) {
    super(reason)
  }
}

/** What this browser can record; nothing without https. */
export function offered(): readonly Source[] {
  const { mediaDevices } = navigator
  if (!isSecureContext || mediaDevices === undefined || typeof MediaRecorder === 'undefined') return []
  return sources.filter(one => one !== 'screen' || 'getDisplayMedia' in mediaDevices)
}

// The first a browser can write. MP4 plays everywhere, WebM where the browser wrote it and nearly everywhere else.
const formats = {
  sound: ['audio/mp4', 'audio/webm;codecs=opus', 'audio/webm'],
  picture: ['video/mp4', 'video/webm;codecs=vp9,opus', 'video/webm;codecs=vp8,opus', 'video/webm'],
} as const

const microphone = (): Promise<MediaStream> => navigator.mediaDevices.getUserMedia({ audio: true })

async function streamOf(source: Source): Promise<MediaStream> {
  if (source === 'sound') return microphone()
  if (source === 'camera')
    return navigator.mediaDevices.getUserMedia({
      audio: true,
      video: { width: { ideal: 1280 }, height: { ideal: 720 } },
    })
  const shown = await navigator.mediaDevices.getDisplayMedia({ video: true, audio: true })
  // A screen without a voice is better than no recording.
  const voice = await microphone().catch(() => undefined)
  if (voice && shown.getAudioTracks().length === 0) for (const track of voice.getAudioTracks()) shown.addTrack(track)
  else for (const track of voice?.getTracks() ?? []) track.stop()
  return shown
}

const refusalOf = (error: unknown): Refusal => {
  const name = error instanceof DOMException ? error.name : ''
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'denied'
  return name === 'NotFoundError' || name === 'OverconstrainedError' ? 'missing' : 'failed'
}

export interface Recording {
  readonly source: Source
  /** What is heard and seen now, to be shown back without its sound. */
  readonly stream: MediaStream
  /** Whole seconds that were recorded, pauses left out. */
  readonly seconds: { readonly value: number }
  readonly paused: { readonly value: boolean }
  pause(): void
  resume(): void
  /** Ends it, and answers with what was recorded. `onEnd` is not called then. */
  stop(): Promise<Blob>
  /** Ends it and keeps nothing. */
  drop(): void
}

/**
 * Begins. `onEnd` is called with the recording where it ends by itself: at its longest time, or as the browser's own button
 * stops sharing a screen. Throws RecordingRefused.
 */
export async function record(source: Source, onEnd: (blob: Blob) => void): Promise<Recording> {
  if (!offered().includes(source)) throw new RecordingRefused('insecure')
  let stream: MediaStream
  try {
    stream = await streamOf(source)
  } catch (error) {
    throw new RecordingRefused(refusalOf(error))
  }
  const end = () => {
    for (const track of stream.getTracks()) track.stop()
  }
  const mimeType = formats[source === 'sound' ? 'sound' : 'picture'].find(one => MediaRecorder.isTypeSupported(one))
  let recorder: MediaRecorder
  try {
    recorder = new MediaRecorder(stream, mimeType === undefined ? {} : { mimeType })
    recorder.start(1_000)
  } catch {
    end()
    throw new RecordingRefused('failed')
  }
  const pieces: Blob[] = []
  const seconds = signal(0)
  const paused = signal(false)
  let before = 0
  let since = performance.now()
  const passedMs = () => before + (paused.peek() ? 0 : performance.now() - since)
  recorder.ondataavailable = ({ data }) => {
    if (data.size > 0) pieces.push(data)
  }
  const made = new Promise<Blob>(resolve => {
    recorder.onstop = () => {
      clearInterval(timer)
      end()
      const blob = new Blob(pieces, { type: recorder.mimeType.split(';')[0] ?? '' })
      resolve(withLength(blob, passedMs()))
    }
  })
  let asked = false
  const endByItself = () => {
    if (asked) return
    asked = true
    if (recorder.state !== 'inactive') recorder.stop()
    void made.then(onEnd)
  }
  const timer = setInterval(() => {
    seconds.value = Math.floor(passedMs() / 1_000)
    if (seconds.value >= longestRecording) endByItself()
  }, 200)
  for (const track of stream.getVideoTracks()) track.onended = endByItself

  return {
    source,
    stream,
    seconds,
    paused,
    pause() {
      if (paused.peek() || recorder.state !== 'recording') return
      recorder.pause()
      before = passedMs()
      paused.value = true
    },
    resume() {
      if (!paused.peek() || recorder.state !== 'paused') return
      recorder.resume()
      since = performance.now()
      paused.value = false
    },
    stop() {
      asked = true
      if (recorder.state !== 'inactive') recorder.stop()
      return made
    },
    drop() {
      asked = true
      if (recorder.state !== 'inactive') recorder.stop()
      end()
    },
  }
}

// Browsers write WebM as they go and never come back to say how long it is: players could not jump in it.
async function withLength(blob: Blob, ms: number): Promise<Blob> {
  if (!blob.type.endsWith('/webm')) return blob
  const { default: fixed } = await import('fix-webm-duration')
  return fixed(blob, ms, { logger: false })
}

/** The ending of the name of a recording. */
export const endingOf = (blob: Blob): string => {
  const sound = blob.type.startsWith('audio/')
  if (blob.type.endsWith('/webm')) return sound ? 'weba' : 'webm'
  return sound ? 'm4a' : 'mp4'
}
