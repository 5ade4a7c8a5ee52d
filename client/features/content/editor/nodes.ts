// What a page may hold beside what every text may: pictures and files of the course, callouts, formulas, players. Each is
// drawn by hand into the editor; its attributes are those of protocol/content/document.ts.
import { type AnyExtension, mergeAttributes, Node } from '@tiptap/core'
import { contentUrl } from '#client/features/files/store.ts'
import { t } from '#client/platform/texts.ts'
import { embedOf } from '#protocol/content/embeds.ts'
import { drawFormula } from '../Formula.tsx'

const attribute = (name: string, otherwise: unknown = null) => ({
  [name]: {
    default: otherwise,
    parseHTML: (element: HTMLElement) => element.getAttribute(`data-${name}`) ?? otherwise,
    renderHTML: (attrs: { [name: string]: unknown }) => (attrs[name] === null ? {} : { [`data-${name}`]: attrs[name] }),
  },
})

const text = (value: unknown): string => (typeof value === 'string' ? value : '')

const Image = Node.create({
  name: 'image',
  group: 'block',
  draggable: true,
  addAttributes: () => ({
    ...attribute('fileId'),
    ...attribute('alt', ''),
    decorative: {
      default: false,
      parseHTML: element => element.hasAttribute('data-decorative'),
      renderHTML: attrs => (attrs.decorative ? { 'data-decorative': '' } : {}),
    },
  }),
  // Only pictures of the course: what is pasted from elsewhere is no picture here.
  parseHTML: () => [{ tag: 'img[data-fileId]' }],
  renderHTML: ({ node, HTMLAttributes }) => [
    'img',
    mergeAttributes(HTMLAttributes, { src: contentUrl(text(node.attrs.fileId)), alt: text(node.attrs.alt) }),
  ],
})

const CourseFile = Node.create({
  name: 'courseFile',
  group: 'block',
  draggable: true,
  atom: true,
  addAttributes: () => ({ ...attribute('fileId'), ...attribute('name', ''), ...attribute('form', 'other') }),
  parseHTML: () => [{ tag: 'div[data-fileId]' }],
  renderHTML: ({ node, HTMLAttributes }) => [
    'div',
    mergeAttributes(HTMLAttributes, { class: 'page-file' }),
    text(node.attrs.name),
  ],
})

const CalloutNode = Node.create({
  name: 'callout',
  group: 'block',
  content: 'block+',
  defining: true,
  addAttributes: () => attribute('tone', 'note'),
  parseHTML: () => [{ tag: 'aside[data-tone]' }],
  renderHTML: ({ HTMLAttributes }) => ['aside', mergeAttributes(HTMLAttributes, { class: 'callout' }), ['div', 0]],
})

const formula = (name: 'math' | 'mathBlock', display: 'inline' | 'block') =>
  Node.create({
    name,
    group: display,
    inline: display === 'inline',
    atom: true,
    draggable: true,
    addAttributes: () => attribute('tex', ''),
    parseHTML: () => [{ tag: `span[data-formula="${display}"]` }],
    renderHTML: ({ node, HTMLAttributes }) => [
      'span',
      mergeAttributes(HTMLAttributes, { 'data-formula': display }),
      text(node.attrs.tex),
    ],
    addNodeView:
      () =>
      ({ node }) => {
        const dom = document.createElement('span')
        dom.className = 'formula'
        dom.dataset.display = display
        void drawFormula(dom, { tex: text(node.attrs.tex), display })
        return { dom }
      },
  })

const EmbedNode = Node.create({
  name: 'embed',
  group: 'block',
  atom: true,
  draggable: true,
  addAttributes: () => ({ ...attribute('address'), ...attribute('title', '') }),
  parseHTML: () => [{ tag: 'div[data-address]' }],
  renderHTML: ({ node, HTMLAttributes }) => {
    const address = text(node.attrs.address)
    const site = embedOf(address)?.site ?? t('content.embedOther')
    return [
      'div',
      mergeAttributes(HTMLAttributes, { class: 'embed' }),
      `${text(node.attrs.title) || address} · ${site}`,
    ]
  },
})

/** The extensions of a page's editor beside those of any text. */
export const pageNodes = (): AnyExtension[] => [
  Image,
  CourseFile,
  CalloutNode,
  formula('math', 'inline'),
  formula('mathBlock', 'block'),
  EmbedNode,
]
