// What a mail looks like: plain text and simple HTML from the same words, in the language and direction of whoever gets
// it. Pure. No pictures, nothing loaded from elsewhere; everything is text, so no markup of anybody's gets through.
import { textsIn } from '#protocol/texts/catalogues.ts'
import { languageFor } from '#protocol/texts/locales.ts'

/** A thing a mail tells of; `path` leads to it. */
export interface LetterEntry {
  readonly title: string
  readonly detail: string
  readonly path: string
}

export interface Letter {
  /** As BCP 47 writes it: the reader's. */
  readonly locale: string
  readonly subject: string
  /** Sentences, a paragraph each. */
  readonly lines: readonly string[]
  readonly entries?: readonly LetterEntry[]
  /** The one thing to do. */
  readonly action?: { readonly label: string; readonly path: string }
  /** Smaller, at the end: how long a link holds, why one gets this. */
  readonly foot: readonly string[]
  /** For what can be done without: the page, and the address that mail programs post to (RFC 8058). */
  readonly leave?: { readonly label: string; readonly path: string; readonly postPath: string }
}

/** A letter as it is sent. */
export interface WrittenLetter {
  readonly subject: string
  readonly text: string
  readonly html: string
  readonly headers: Readonly<Record<string, string>>
}

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
const escaped = (text: string): string => text.replace(/[&<>"']/g, sign => escapes[sign] ?? sign)

/** One line of what stands in a header: a line break in it would begin another one. */
export const inHeader = (text: string): string =>
  text
    .replace(/[\p{Cc}\p{Z}]+/gu, ' ')
    .trim()
    .slice(0, 200)

// Names and titles stand among sentences: a line of their own would look like another part.
const inText = (text: string): string => text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')

/** Writes a letter. `origin` begins every link; a path that is none of ours is a fault. */
export function writeLetter(letter: Letter, origin: string): WrittenLetter {
  const words = textsIn(letter.locale).mail
  const { dir, id } = languageFor([letter.locale])
  const address = (path: string): string => {
    if (!/^\/(?!\/)/.test(path)) throw new Error('A link in a mail leads to a path of ours')
    return new URL(path, origin).href
  }
  const { action, leave, entries = [] } = letter
  const text = [
    ...letter.lines.map(inText),
    ...entries.map(one => `${inText(one.title)}\n${inText(one.detail)}\n${address(one.path)}`),
    ...(action ? [`${action.label}:\n${address(action.path)}`] : []),
    '--',
    ...letter.foot.map(inText),
    ...(leave ? [`${leave.label}: ${address(leave.path)}`] : []),
  ].join('\n\n')
  const link = (path: string, label: string, style = '') =>
    `<a href="${escaped(address(path))}"${style}>${escaped(inText(label))}</a>`
  const button =
    ' style="display:inline-block;padding:12px 20px;border-radius:8px;background:#25478f;color:#ffffff;text-decoration:none;font-weight:600"'
  const small = ' style="font-size:14px;color:#565b66"'
  const html = [
    `<!doctype html><html lang="${id}" dir="${dir}"><head><meta charset="utf-8">`,
    `<meta name="viewport" content="width=device-width"><title>${escaped(inHeader(letter.subject))}</title></head>`,
    '<body style="margin:0;padding:24px;font:16px/1.5 system-ui,sans-serif;color:#1c1f26;background:#ffffff">',
    `<div style="max-width:560px;margin:0 auto">`,
    ...letter.lines.map(line => `<p>${escaped(inText(line))}</p>`),
    ...entries.map(one => `<p>${link(one.path, one.title)}<br><span${small}>${escaped(inText(one.detail))}</span></p>`),
    ...(action
      ? [
          `<p>${link(action.path, action.label, button)}</p>`,
          `<p${small}>${escaped(words.orOpen)}<br><span dir="ltr" style="word-break:break-all">${escaped(address(action.path))}</span></p>`,
        ]
      : []),
    '<hr style="border:0;border-top:1px solid #d9dce3">',
    ...letter.foot.map(line => `<p${small}>${escaped(inText(line))}</p>`),
    ...(leave ? [`<p${small}>${link(leave.path, leave.label)}</p>`] : []),
    '</div></body></html>',
  ].join('\n')
  return {
    subject: inHeader(letter.subject),
    text: `${text}\n`,
    html,
    headers: {
      'Content-Language': id,
      // No holiday notice answers a program.
      'Auto-Submitted': 'auto-generated',
      ...(leave
        ? {
            'List-Unsubscribe': `<${address(leave.postPath)}>`,
            'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
          }
        : {}),
    },
  }
}
