// Shows Markdown as elements. The author's text never becomes markup: HTML in it is shown as it was typed, links and
// pictures go through `links.ts`.
import { lexer, type MarkedToken, type Token, type Tokens } from 'marked'
import type { ComponentChildren, JSX } from 'preact'
import { useMemo } from 'preact/hooks'
import { leavesSite, safeImage, safeLink } from './links.ts'

/** Deeper nesting than any real page has is shown as plain text, so that no text can exhaust the stack. */
const deepest = 24

/** Brings the highest heading an author used to the first level, wherever they begin. */
function lowered(tokens: Token[]): Token[] {
  const highest = Math.min(...tokens.map(token => (token.type === 'heading' ? (token as Tokens.Heading).depth : 6)))
  return tokens.map(token =>
    token.type === 'heading' ? { ...token, depth: (token as Tokens.Heading).depth - highest + 1 } : token,
  )
}

/** A page's text. Headings begin at the second level: the page's title is the first. */
export function Markdown({ source }: { readonly source: string }) {
  const tokens = useMemo(() => lowered(lexer(source, { gfm: true })), [source])
  return <div class="reading">{blocks(tokens, 0)}</div>
}

const blocks = (tokens: readonly Token[], depth: number): ComponentChildren =>
  tokens.map((token, index) => <Part key={index} token={token as MarkedToken} depth={depth} />)

const inner = (token: { tokens?: Token[] | undefined; text?: string }, depth: number): ComponentChildren =>
  token.tokens && depth < deepest ? blocks(token.tokens, depth + 1) : readReferences(token.text ?? '')

const entities: { readonly [name: string]: string } = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" }

/** The few character references that people write by hand, as the letters they stand for. */
const readReferences = (text: string): string =>
  text.replace(/&(amp|lt|gt|quot|#39);/g, (_, name: string) => entities[name] ?? '')

type HeadingTag = 'h2' | 'h3' | 'h4' | 'h5' | 'h6'

function Part({ token, depth }: { readonly token: MarkedToken; readonly depth: number }): JSX.Element | null {
  switch (token.type) {
    case 'space':
    case 'def':
      return null
    case 'hr':
      return <hr />
    case 'br':
      return <br />
    case 'heading': {
      const Tag = `h${Math.min(6, token.depth + 1)}` as HeadingTag
      return <Tag>{inner(token, depth)}</Tag>
    }
    case 'paragraph':
      return <p>{inner(token, depth)}</p>
    case 'blockquote':
      return <blockquote>{inner(token, depth)}</blockquote>
    case 'list':
      return <ListPart token={token} depth={depth} />
    case 'list_item':
      return <li>{inner(token, depth)}</li>
    case 'checkbox':
      return <input type="checkbox" checked={token.checked} disabled />
    case 'code':
      return (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: long lines are scrolled with the keyboard.
        <pre tabIndex={0}>
          <code>{token.text}</code>
        </pre>
      )
    case 'codespan':
      return <code>{token.text}</code>
    case 'strong':
      return <strong>{inner(token, depth)}</strong>
    case 'em':
      return <em>{inner(token, depth)}</em>
    case 'del':
      return <del>{inner(token, depth)}</del>
    case 'link':
      return <LinkPart token={token} depth={depth} />
    case 'image':
      return <ImagePart token={token} />
    case 'table':
      return <TablePart token={token} depth={depth} />
    case 'html':
      return token.block ? <p>{token.text}</p> : <span>{token.text}</span>
    case 'escape':
      return <span>{token.text}</span>
    case 'text':
      return <>{inner(token, depth)}</>
  }
}

function ListPart({ token, depth }: { readonly token: Tokens.List; readonly depth: number }) {
  const items = token.items.map((item, index) => <li key={index}>{inner(item, depth)}</li>)
  return token.ordered ? <ol start={Number(token.start) || 1}>{items}</ol> : <ul>{items}</ul>
}

function LinkPart({ token, depth }: { readonly token: Tokens.Link; readonly depth: number }) {
  const href = safeLink(readReferences(token.href))
  if (href === undefined) return <>{inner(token, depth)}</>
  return (
    <a href={href} {...(leavesSite(href) ? { target: '_blank', rel: 'noopener noreferrer nofollow' } : {})}>
      {inner(token, depth)}
    </a>
  )
}

function ImagePart({ token }: { readonly token: Tokens.Image }) {
  const src = safeImage(readReferences(token.href))
  // A picture of another site would tell it who reads; its words stand in its place.
  return src === undefined ? <em>{token.text}</em> : <img src={src} alt={readReferences(token.text)} loading="lazy" />
}

function TablePart({ token, depth }: { readonly token: Tokens.Table; readonly depth: number }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table is scrolled with the keyboard.
    <div class="reading-table" tabIndex={0}>
      <table>
        <thead>
          <tr>
            {token.header.map((cell, index) => (
              <th key={index} scope="col" data-align={cell.align ?? undefined}>
                {inner(cell, depth)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {token.rows.map((row, index) => (
            <tr key={index}>
              {row.map((cell, at) => (
                <td key={at} data-align={cell.align ?? undefined}>
                  {inner(cell, depth)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
