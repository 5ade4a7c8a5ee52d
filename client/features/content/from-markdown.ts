// Markdown as a page's tree, for pages that were written before and for text that is pasted. Pure.
import { lexer } from 'marked'
import type { PageDocument } from '#protocol/content/document.ts'
import { type MarkdownToken, treeOfMarkdown } from '#protocol/content/markdown.ts'

/** The tree of a page that is Markdown. */
export const fromMarkdown = (source: string): PageDocument =>
  treeOfMarkdown(lexer(source, { gfm: true }) as readonly MarkdownToken[])
