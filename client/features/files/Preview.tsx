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
    case 'image':
      return <img class="preview-image" src={contentUrl(file.id)} alt={file.name} key={file.number} />
    case 'audio':
    case 'video':
      return <MediaPlayer file={file} captionsTurn={captionsTurn} key={file.number} />
    case 'pdf':
      return <Pdf file={file} />
    case 'text':
      return <TextPreview file={file} />
    case 'other':
      return <WordsPreview file={file} />
  }
}

/** How often what is still being read is asked for, in milliseconds, and how many times. */
const againMs = 1_500
const mostAgain = 20

/** Office documents are shown by their words; whatever else there is, is offered to be saved. */
function WordsPreview({ file }: { readonly file: File }) {
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
  if (value?.state === 'read')
    return (
      <section class="stack" aria-label={t('files.words')}>
        <p class="muted">{t('files.wordsLead')}</p>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a long text is scrolled with the keyboard. */}
        <pre class="preview-words" tabIndex={0} dir="auto">
          {value.text}
        </pre>
        {value.more && <p class="muted">{t('files.wordsCut')}</p>}
      </section>
    )
  return (
    <EmptyState
      icon={formIcon(file.form)}
      title={value === undefined || waiting ? t('files.wordsWait') : t('files.noPreview')}
      action={
        <ButtonLink kind="primary" icon={Download} href={contentUrl(file.id, 'attachment')} download="">
          {t('files.downloadSize', { size: sizeWords(file.size) })}
        </ButtonLink>
      }
    />
  )
}

/** Browsers on phones show a frame's first page alone: there it opens on its own. */
function Pdf({ file }: { readonly file: File }) {
  const roomy = useMedia('(min-width: 48rem)')
  const src = contentUrl(file.id)
  if (roomy && navigator.pdfViewerEnabled) return <iframe class="preview-pdf" src={src} title={file.name} />
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

async function readText(file: File): Promise<string> {
  const response = await fetch(contentUrl(file.id), {
    headers: file.size > mostText ? { range: `bytes=0-${mostText - 1}` } : {},
  }).catch(() => undefined)
  if (!response?.ok) throw new ClientProblem(response ? 'not-found' : 'offline')
  return response.text()
}

function TextPreview({ file }: { readonly file: File }) {
  const { value, problem, reload } = useLoad(`${file.id} ${file.number}`, () => readText(file))
  if (problem && value === undefined)
    return <ErrorState title={t('files.loadFailed')} detail={problemWords(problem)} onRetry={reload} />
  if (value === undefined) return <Skeleton form="text" />
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a long text is scrolled with the keyboard. */}
      <pre class="preview-text" tabIndex={0} dir="auto">
        {value}
      </pre>
      {file.size > mostText && <p class="muted">{t('files.textCut')}</p>}
    </>
  )
}
