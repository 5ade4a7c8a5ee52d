// Shows a page's tree as elements. Nothing of the author's becomes markup; what other sites have is loaded only when the
// reader asks for it.
import { FileText, Info, Lightbulb, type LucideIcon, Play, TriangleAlert } from 'lucide-preact'
import type { ComponentChildren, JSX } from 'preact'
import { useContext, useState } from 'preact/hooks'
import { pathTo } from '#client/app/paths.ts'
import { contentUrl } from '#client/features/files/store.ts'
import { captionsFor, captionsUrl, languageName, listCaptions } from '#client/features/files/watching.ts'
import { type PlainTextKey, t } from '#client/platform/texts.ts'
import { useLoad } from '#client/platform/use-load.ts'
import { Button } from '#client/ui/Button.tsx'
import { Icon } from '#client/ui/Icon.tsx'
import {
  type Callout,
  type DocumentMark,
  type DocumentNode,
  type PageDocument,
  pageLink,
} from '#protocol/content/document.ts'
import { embedOf } from '#protocol/content/embeds.ts'
import { Formula } from './Formula.tsx'
import { leavesSite } from './links.ts'
import { WordsContext } from './words.ts'

export interface DocumentViewProps {
  readonly document: PageDocument
  readonly courseId: string
}

/** A page's text. Headings begin at the second level: the page's title is the first. */
export function DocumentView({ document, courseId }: DocumentViewProps) {
  return <div class="reading">{all(document.content, courseId)}</div>
}

const all = (nodes: readonly DocumentNode[] | undefined, courseId: string): ComponentChildren =>
  nodes?.map((node, index) => <Part key={index} node={node} courseId={courseId} />)

const text = (value: unknown): string => (typeof value === 'string' ? value : '')
const number = (value: unknown, otherwise: number): number => (typeof value === 'number' ? value : otherwise)

type HeadingTag = 'h2' | 'h3' | 'h4' | 'h5' | 'h6'

interface PartProps {
  readonly node: DocumentNode
  readonly courseId: string
}

function Part({ node, courseId }: PartProps): JSX.Element | null {
  const { attrs = {} } = node
  const inner = all(node.content, courseId)
  switch (node.type) {
    case 'text':
      return <TextPart node={node} />
    case 'hardBreak':
      return <br />
    case 'paragraph':
      return <p>{inner}</p>
    case 'heading': {
      const Tag = `h${Math.min(6, number(attrs.level, 1) + 1)}` as HeadingTag
      return <Tag>{inner}</Tag>
    }
    case 'bulletList':
      return <ul>{inner}</ul>
    case 'orderedList':
      return <ol start={number(attrs.start, 1)}>{inner}</ol>
    case 'listItem':
      return <li>{inner}</li>
    case 'taskList':
      return <ul class="task-list">{inner}</ul>
    case 'taskItem':
      return (
        <li>
          <input type="checkbox" checked={attrs.checked === true} disabled aria-label={t('content.task')} />
          <div>{inner}</div>
        </li>
      )
    case 'blockquote':
      return <blockquote>{inner}</blockquote>
    case 'callout':
      return <CalloutPart tone={(attrs.tone as Callout | undefined) ?? 'note'}>{inner}</CalloutPart>
    case 'codeBlock':
      return (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: long lines are scrolled with the keyboard.
        <pre tabIndex={0}>
          <code>{inner}</code>
        </pre>
      )
    case 'horizontalRule':
      return <hr />
    case 'table':
      return (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table is scrolled with the keyboard.
        <div class="reading-table" tabIndex={0}>
          <table>
            <tbody>{inner}</tbody>
          </table>
        </div>
      )
    case 'tableRow':
      return <tr>{inner}</tr>
    case 'tableHeader':
      return (
        <th colSpan={number(attrs.colspan, 1)} rowSpan={number(attrs.rowspan, 1)}>
          {inner}
        </th>
      )
    case 'tableCell':
      return (
        <td colSpan={number(attrs.colspan, 1)} rowSpan={number(attrs.rowspan, 1)}>
          {inner}
        </td>
      )
    case 'image':
      return <img src={contentUrl(text(attrs.fileId))} alt={text(attrs.alt)} loading="lazy" />
    case 'courseFile':
      return <FilePart attrs={attrs} courseId={courseId} />
    case 'math':
      return <Formula tex={text(attrs.tex)} display="inline" />
    case 'mathBlock':
      return <Formula tex={text(attrs.tex)} display="block" />
    case 'embed':
      return <EmbedPart address={text(attrs.address)} title={text(attrs.title)} />
  }
}

/** A text with its marks; where it holds words that are explained, each of those is drawn by who explains them. */
function TextPart({ node }: { readonly node: DocumentNode }) {
  const { pieces, Word } = useContext(WordsContext)
  const found = pieces.get(node)
  const marks = node.marks ?? []
  if (!found || !Word) return <>{marked(text(node.text), marks)}</>
  return (
    <>
      {found.map((piece, at) =>
        marked(piece.id === undefined ? piece.text : <Word key={at} id={piece.id} text={piece.text} />, marks),
      )}
    </>
  )
}

const markTags = { bold: 'strong', italic: 'em', strike: 'del', underline: 'u', code: 'code' } as const

function marked(words: ComponentChildren, marks: readonly DocumentMark[]): ComponentChildren {
  return marks.reduce<ComponentChildren>((inner, mark) => {
    if (mark.type !== 'link') {
      const Tag = markTags[mark.type]
      return <Tag>{inner}</Tag>
    }
    const href = pageLink(mark.attrs?.href)
    if (href === undefined) return inner
    const outside = leavesSite(href) ? { target: '_blank', rel: 'noopener noreferrer nofollow' } : {}
    return (
      <a href={href} {...outside}>
        {inner}
      </a>
    )
  }, words)
}

const calloutLooks: Readonly<Record<Callout, { readonly icon: LucideIcon; readonly words: PlainTextKey }>> = {
  note: { icon: Info, words: 'content.calloutNote' },
  tip: { icon: Lightbulb, words: 'content.calloutTip' },
  warning: { icon: TriangleAlert, words: 'content.calloutWarning' },
}

function CalloutPart({ tone, children }: { readonly tone: Callout; readonly children: ComponentChildren }) {
  const { icon, words } = calloutLooks[tone]
  return (
    <aside class="callout" data-tone={tone} aria-label={t(words)}>
      <Icon as={icon} size={20} />
      <div>{children}</div>
    </aside>
  )
}

function FilePart({
  attrs,
  courseId,
}: {
  readonly attrs: { readonly [name: string]: unknown }
  readonly courseId: string
}) {
  const fileId = text(attrs.fileId)
  const name = text(attrs.name)
  if (attrs.form === 'video' || attrs.form === 'audio')
    return <MediaPart key={fileId} fileId={fileId} name={name} form={attrs.form} />
  return (
    <p>
      <a class="file-link" href={pathTo('file', { courseId, fileId })}>
        <Icon as={FileText} />
        {name}
      </a>
    </p>
  )
}

interface MediaPartProps {
  readonly fileId: string
  readonly name: string
  readonly form: 'video' | 'audio'
}

/** A film or sound with what is said in it, in the reader's language where there is one. */
function MediaPart({ fileId, name, form }: MediaPartProps) {
  const captions = useLoad(fileId, () => listCaptions(fileId)).value?.items ?? []
  const first = captionsFor(captions)
  const tracks = captions.map(one => (
    <track
      key={`${one.language} ${one.version}`}
      kind="captions"
      srcLang={one.language}
      label={languageName(one.language)}
      src={captionsUrl(fileId, one)}
      default={one === first}
    />
  ))
  const shared = { src: contentUrl(fileId), controls: true, preload: 'metadata', 'aria-label': name } as const
  return form === 'video' ? (
    <video class="player-video" playsInline {...shared}>
      {tracks}
    </video>
  ) : (
    <audio class="player-audio" {...shared}>
      {tracks}
    </audio>
  )
}

function EmbedPart({ address, title }: { readonly address: string; readonly title: string }) {
  const [asked, setAsked] = useState(false)
  const embed = embedOf(address)
  if (!embed)
    return (
      <p>
        <a href={address} target="_blank" rel="noopener noreferrer nofollow">
          {title || address}
        </a>
      </p>
    )
  if (asked)
    return (
      <iframe
        class="embed-frame"
        src={embed.src}
        title={title || embed.site}
        allow="fullscreen; encrypted-media"
        referrerPolicy="strict-origin-when-cross-origin"
        sandbox="allow-scripts allow-same-origin allow-presentation allow-popups"
      />
    )
  return (
    <div class="embed">
      <p class="embed-title">{title || embed.site}</p>
      <Button icon={Play} onClick={() => setAsked(true)}>
        {t('content.embedLoad', { site: embed.site })}
      </Button>
      <p class="muted">{t('content.embedLead', { site: embed.site })}</p>
    </div>
  )
}
