// Markdown as a page's tree, for pages that were written before and for text that is pasted. Pure. HTML in it stays as it
// was typed; pictures of other sites become links.
import { lexer, type Token, type Tokens } from 'marked'
import {
  type DocumentMark,
  type DocumentNode,
  documentSchema,
  type PageDocument,
  pageLink,
} from '#protocol/content/document.ts'

const references: { readonly [name: string]: string } = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" }
const plain = (text: string) => text.replace(/&(amp|lt|gt|quot|#39);/g, (_, name: string) => references[name] ?? '')

const deepest = 20

type Marks = readonly DocumentMark[]

const words = (text: string, marks: Marks): DocumentNode[] =>
  text === '' ? [] : [{ type: 'text', text, ...(marks.length > 0 ? { marks } : {}) }]

function inline(tokens: readonly Token[] | undefined, marks: Marks = []): DocumentNode[] {
  return (tokens ?? []).flatMap((token): DocumentNode[] => {
    const within = (mark: DocumentMark) => inline((token as Tokens.Strong).tokens, [...marks, mark])
    switch (token.type) {
      case 'strong':
        return within({ type: 'bold' })
      case 'em':
        return within({ type: 'italic' })
      case 'del':
        return within({ type: 'strike' })
      case 'codespan':
        return words(plain((token as Tokens.Codespan).text), [...marks, { type: 'code' }])
      case 'checkbox':
        return []
      case 'br':
        return [{ type: 'hardBreak' }]
      case 'link': {
        const href = pageLink(plain((token as Tokens.Link).href))
        return href === undefined
          ? inline((token as Tokens.Link).tokens, marks)
          : within({ type: 'link', attrs: { href } })
      }
      case 'image': {
        const { href: address, text } = token as Tokens.Image
        const href = pageLink(plain(address))
        return words(plain(text) || address, href === undefined ? marks : [...marks, { type: 'link', attrs: { href } }])
      }
      case 'text':
        return (token as Tokens.Text).tokens
          ? inline((token as Tokens.Text).tokens, marks)
          : words(plain((token as Tokens.Text).text), marks)
      default:
        return words('text' in token ? plain(String(token.text)) : token.raw, marks)
    }
  })
}

const paragraph = (content: readonly DocumentNode[]): DocumentNode => ({
  type: 'paragraph',
  ...(content.length > 0 ? { content } : {}),
})

const orEmpty = (content: readonly DocumentNode[]): readonly DocumentNode[] =>
  content.length > 0 ? content : [paragraph([])]

function list(token: Tokens.List, depth: number): DocumentNode {
  const tasks = token.items.length > 0 && token.items.every(item => item.task)
  const content = token.items.map((item): DocumentNode => {
    const held = orEmpty(blocks(item.tokens, depth + 1))
    return tasks
      ? { type: 'taskItem', attrs: { checked: item.checked === true }, content: held }
      : { type: 'listItem', content: held }
  })
  if (tasks) return { type: 'taskList', content }
  return token.ordered
    ? { type: 'orderedList', attrs: { start: Number(token.start) || 1 }, content }
    : { type: 'bulletList', content }
}

const table = (token: Tokens.Table): DocumentNode => ({
  type: 'table',
  content: [token.header, ...token.rows].map((row, index) => ({
    type: 'tableRow',
    content: row.map(cell => ({
      type: index === 0 ? 'tableHeader' : 'tableCell',
      content: [paragraph(inline(cell.tokens))],
    })),
  })),
})

function blocks(tokens: readonly Token[], depth: number): DocumentNode[] {
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
            attrs: { level: Math.min(5, (token as Tokens.Heading).depth) },
            content: inline((token as Tokens.Heading).tokens),
          },
        ]
      case 'blockquote':
        return [{ type: 'blockquote', content: orEmpty(blocks((token as Tokens.Blockquote).tokens, depth + 1)) }]
      case 'list':
        return [list(token as Tokens.List, depth)]
      case 'code':
        return [{ type: 'codeBlock', content: words((token as Tokens.Code).text, []) }]
      case 'table':
        return [table(token as Tokens.Table)]
      case 'paragraph':
        return [paragraph(inline((token as Tokens.Paragraph).tokens))]
      case 'text':
        return [paragraph(inline([token]))]
      default:
        return [paragraph(words('text' in token ? String(token.text) : token.raw, []))]
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

/** The tree of a page that is Markdown. */
export const fromMarkdown = (source: string): PageDocument => ({
  schema: documentSchema,
  content: lowered(blocks(lexer(source, { gfm: true }), 0)),
})
