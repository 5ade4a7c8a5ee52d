// Shows a file where it stands, by what it is: picture, sound, film, PDF in the browser's own viewer, text. What can not
// be shown is offered to be saved.
import { Download, ExternalLink } from 'lucide-preact'
import { useEffect, useState } from 'preact/hooks'
import { request } from '#client/platform/call.ts'
import { ClientProblem } from '#client/platform/problem.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { useLoad } from '#client/platform/use-load.ts'
import { Button, ButtonLink } from '#client/ui/Button.tsx'
import { EmptyState } from '#client/ui/EmptyState.tsx'
import { ErrorState } from '#client/ui/ErrorState.tsx'
import { useMedia } from '#client/ui/Pane.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import { type File, fileRoutes } from '#protocol/files.ts'
import { formIcon } from './icons.ts'
import { MediaPlayer } from './MediaPlayer.tsx'
import { contentUrl, sizeWords } from './store.ts'

/** Texts larger than this are not shown whole, in bytes. */
const mostText = 512 * 1024

/** `captionsTurn` says when captions are to be read again. */
export function Preview({ file, captionsTurn = '' }: { readonly file: File; readonly captionsTurn?: string }) {
  switch (file.form) {
    case 'audio':
    case 'video':
      return <MediaPlayer file={file} captionsTurn={captionsTurn} key={file.number} />
    case 'other':
      return <WordsPreview file={file} />
    case 'pdf':
      return <PdfPreview file={file} key={file.number} />
    default:
      return <BytesPreview bytes={{ ...file, src: contentUrl(file.id), saveAs: '' }} key={file.number} />
  }
}

/** Bytes to be shown, and where they are. */
export interface Bytes extends Pick<File, 'name' | 'form' | 'size'> {
  readonly src: string
  /** Where they are to be saved; empty where something else offers that. */
  readonly saveAs: string
}

/** Shows bytes by what they are, wherever they belong. */
export function BytesPreview({ bytes }: { readonly bytes: Bytes }) {
  switch (bytes.form) {
    case 'image':
      return <img class="preview-image" src={bytes.src} alt={bytes.name} />
    case 'audio':
      // biome-ignore lint/a11y/useMediaCaption: what people bring has none.
      return <audio class="preview-sound" src={bytes.src} controls preload="metadata" aria-label={bytes.name} />
    case 'video':
      // biome-ignore lint/a11y/useMediaCaption: what people bring has none.
      return <video class="preview-image" src={bytes.src} controls preload="metadata" aria-label={bytes.name} />
    case 'pdf':
      return <Pdf bytes={bytes} />
    case 'text':
      return <TextPreview bytes={bytes} />
    case 'other':
      return bytes.saveAs === '' ? null : <SaveIt bytes={bytes} />
  }
}

function SaveIt({ bytes: { form, size, saveAs } }: { readonly bytes: Bytes }) {
  return (
    <EmptyState
      icon={formIcon(form)}
      title={t('files.noPreview')}
      action={
        <ButtonLink kind="primary" icon={Download} href={saveAs} download="">
          {t('files.downloadSize', { size: sizeWords(size) })}
        </ButtonLink>
      }
    />
  )
}

/** How often what is still being read is asked for, in milliseconds, and how many times. */
const againMs = 1_500
const mostAgain = 20

/** What a file says, as it comes to be read. */
function useWords(file: File) {
  const [turn, setTurn] = useState(0)
  const { value, reload } = useLoad(`${file.id} ${file.number}`, () => request(fileRoutes.text, { fileId: file.id }))
  const waiting = value?.state === 'waiting' && turn < mostAgain
  useEffect(() => {
    if (!waiting) return
    const timer = setTimeout(() => {
      setTurn(turn + 1)
      reload()
    }, againMs)
    return () => clearTimeout(timer)
  }, [waiting, turn])
  return { value, waiting: value === undefined || waiting }
}

function Words({ text, more, lead }: { readonly text: string; readonly more: boolean; readonly lead: string }) {
  return (
    <section class="stack" aria-label={t('files.words')}>
      <p class="muted">{lead}</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a long text is scrolled with the keyboard. */}
      <pre class="preview-words" tabIndex={0} dir="auto">
        {text}
      </pre>
      {more && <p class="muted">{t('files.wordsCut')}</p>}
    </section>
  )
}

/** Where a browser can not show a PDF in the page, what it says stands below the way to it. */
function PdfPreview({ file }: { readonly file: File }) {
  const framed = useFrames()
  return (
    <>
      <Pdf bytes={{ ...file, src: contentUrl(file.id), saveAs: '' }} />
      {!framed && <PdfWords file={file} />}
    </>
  )
}

function PdfWords({ file }: { readonly file: File }) {
  const { value } = useWords(file)
  if (value?.state !== 'read') return null
  return <Words text={value.text} more={value.more} lead={t('files.pdfWordsLead')} />
}

/** Office documents are shown by their words; whatever else there is, is offered to be saved. */
function WordsPreview({ file }: { readonly file: File }) {
  const { value, waiting } = useWords(file)
  if (value?.state === 'read') return <Words text={value.text} more={value.more} lead={t('files.wordsLead')} />
  return (
    <EmptyState
      icon={formIcon(file.form)}
      title={waiting ? t('files.wordsWait') : t('files.noPreview')}
      action={
        <ButtonLink kind="primary" icon={Download} href={contentUrl(file.id, 'attachment')} download="">
          {t('files.downloadSize', { size: sizeWords(file.size) })}
        </ButtonLink>
      }
    />
  )
}

/** Whether a PDF is shown in the page: browsers on phones show a frame's first page alone. */
function useFrames(): boolean {
  const roomy = useMedia('(min-width: 48rem)')
  return roomy && navigator.pdfViewerEnabled
}

/** In a frame, or opened on its own. */
function Pdf({ bytes: { src, name } }: { readonly bytes: Bytes }) {
  if (useFrames()) return <iframe class="preview-pdf" src={src} title={name} />
  return (
    <EmptyState
      icon={formIcon('pdf')}
      title={t('files.pdfTitle')}
      action={
        <Button kind="primary" icon={ExternalLink} onClick={() => void open(src, '_blank', 'noopener')}>
          {t('files.open')}
        </Button>
      }
    />
  )
}

async function readText({ src, size }: Bytes): Promise<string> {
  const response = await fetch(src, {
    headers: size > mostText ? { range: `bytes=0-${mostText - 1}` } : {},
  }).catch(() => undefined)
  if (!response?.ok) throw new ClientProblem(response ? 'not-found' : 'offline')
  return response.text()
}

function TextPreview({ bytes }: { readonly bytes: Bytes }) {
  const { value, problem, reload } = useLoad(bytes.src, () => readText(bytes))
  if (problem && value === undefined)
    return <ErrorState title={t('files.loadFailed')} detail={problemWords(problem)} onRetry={reload} />
  if (value === undefined) return <Skeleton form="text" />
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a long text is scrolled with the keyboard. */}
      <pre class="preview-text" tabIndex={0} dir="auto">
        {value}
      </pre>
      {bytes.size > mostText && <p class="muted">{t('files.textCut')}</p>}
    </>
  )
}
