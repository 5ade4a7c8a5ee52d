// Markdown as a page's tree: what a lexer read of it becomes nodes, for pages that were written before, for text that is
// pasted and for whoever looks a page over. Pure. HTML in it stays as it was typed; pictures of other sites become links.
import { type DocumentMark, type DocumentNode, documentSchema, type PageDocument, pageLink } from './document.ts'

/** As much of a token as the lexer of `marked` makes it as a tree needs. */
export interface MarkdownToken {
  readonly type: string
  readonly raw: string
  readonly text?: string
  readonly href?: string
  readonly depth?: number
  readonly start?: number | ''
  readonly ordered?: boolean
  readonly checked?: boolean
  readonly task?: boolean
  readonly tokens?: readonly MarkdownToken[]
  readonly items?: readonly MarkdownToken[]
  readonly header?: readonly MarkdownCell[]
  readonly rows?: readonly (readonly MarkdownCell[])[]
}

export interface MarkdownCell {
  readonly tokens: readonly MarkdownToken[]
}

const references: { readonly [name: string]: string } = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" }
const plain = (text: string) => text.replace(/&(amp|lt|gt|quot|#39);/g, (_, name: string) => references[name] ?? '')

const deepest = 20

type Marks = readonly DocumentMark[]

const words = (text: string, marks: Marks): DocumentNode[] =>
  text === '' ? [] : [{ type: 'text', text, ...(marks.length > 0 ? { marks } : {}) }]

function inline(tokens: readonly MarkdownToken[] | undefined, marks: Marks = []): DocumentNode[] {
  return (tokens ?? []).flatMap((token): DocumentNode[] => {
    const within = (mark: DocumentMark) => inline(token.tokens, [...marks, mark])
    switch (token.type) {
      case 'strong':
        return within({ type: 'bold' })
      case 'em':
        return within({ type: 'italic' })
      case 'del':
        return within({ type: 'strike' })
      case 'codespan':
        return words(plain(token.text ?? ''), [...marks, { type: 'code' }])
      case 'checkbox':
        return []
      case 'br':
        return [{ type: 'hardBreak' }]
      case 'link': {
        const href = pageLink(plain(token.href ?? ''))
        return href === undefined ? inline(token.tokens, marks) : within({ type: 'link', attrs: { href } })
      }
      case 'image': {
        const { href: address = '', text = '' } = token
        const href = pageLink(plain(address))
        return words(plain(text) || address, href === undefined ? marks : [...marks, { type: 'link', attrs: { href } }])
      }
      case 'text':
        return token.tokens ? inline(token.tokens, marks) : words(plain(token.text ?? ''), marks)
      default:
        return words(token.text !== undefined ? plain(String(token.text)) : token.raw, marks)
    }
  })
}

const paragraph = (content: readonly DocumentNode[]): DocumentNode => ({
  type: 'paragraph',
  ...(content.length > 0 ? { content } : {}),
})

const orEmpty = (content: readonly DocumentNode[]): readonly DocumentNode[] =>
  content.length > 0 ? content : [paragraph([])]

function list(token: MarkdownToken, depth: number): DocumentNode {
  const { items = [] } = token
  const tasks = items.length > 0 && items.every(item => item.task)
  const content = items.map((item): DocumentNode => {
    const held = orEmpty(blocks(item.tokens ?? [], depth + 1))
    return tasks
      ? { type: 'taskItem', attrs: { checked: item.checked === true }, content: held }
      : { type: 'listItem', content: held }
  })
  if (tasks) return { type: 'taskList', content }
  return token.ordered
    ? { type: 'orderedList', attrs: { start: Number(token.start) || 1 }, content }
    : { type: 'bulletList', content }
}

const table = (token: MarkdownToken): DocumentNode => ({
  type: 'table',
  content: [token.header ?? [], ...(token.rows ?? [])].map((row, index) => ({
    type: 'tableRow',
    content: row.map(cell => ({
      type: index === 0 ? 'tableHeader' : 'tableCell',
      content: [paragraph(inline(cell.tokens))],
    })),
  })),
})

function blocks(tokens: readonly MarkdownToken[], depth: number): DocumentNode[] {
  if (depth > deepest) return [paragraph(words(tokens.map(token => token.raw).join(''), []))]
  return tokens.flatMap((token): DocumentNode[] => {
    switch (token.type) {
      case 'space':
      case 'def':
      case 'checkbox':
        return []
      case 'hr':
        return [{ type: 'horizontalRule' }]
      case 'heading':
        return [
          {
            type: 'heading',
            attrs: { level: Math.min(5, token.depth ?? 1) },
            content: inline(token.tokens),
          },
        ]
      case 'blockquote':
        return [{ type: 'blockquote', content: orEmpty(blocks(token.tokens ?? [], depth + 1)) }]
      case 'list':
        return [list(token, depth)]
      case 'code':
        return [{ type: 'codeBlock', content: words(token.text ?? '', []) }]
      case 'table':
        return [table(token)]
      case 'paragraph':
        return [paragraph(inline(token.tokens))]
      case 'text':
        return [paragraph(inline([token]))]
      default:
        return [paragraph(words(token.text !== undefined ? String(token.text) : token.raw, []))]
    }
  })
}

/** Brings the highest heading an author used to the first level, wherever they begin. */
function lowered(content: readonly DocumentNode[]): DocumentNode[] {
  const levels = content.filter(node => node.type === 'heading').map(node => Number(node.attrs?.level))
  const by = levels.length > 0 ? Math.min(...levels) - 1 : 0
  return content.map(node =>
    node.type === 'heading' ? { ...node, attrs: { level: Number(node.attrs?.level) - by } } : node,
  )
}

/** The tree of a page whose Markdown has these tokens. */
export const treeOfMarkdown = (tokens: readonly MarkdownToken[]): PageDocument => ({
  schema: documentSchema,
  content: lowered(blocks(tokens, 0)),
})
