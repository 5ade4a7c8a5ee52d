// Where words that are explained stand first in a text.
import assert from 'node:assert/strict'
import type { DocumentNode, PageDocument } from '#protocol/content/document.ts'
import { piecesOf } from './words.ts'

const said = (text: string, marks: DocumentNode['marks'] = []): DocumentNode => ({ type: 'text', text, marks })
const block = (type: DocumentNode['type'], ...content: DocumentNode[]): DocumentNode => ({ type, content })
const page = (...content: DocumentNode[]): PageDocument => ({ schema: 1, content })

const found = (document: PageDocument, ...list: [id: string, ...words: string[]][]) =>
  [
    ...piecesOf(
      document,
      list.map(([id, ...words]) => ({ id, words })),
    ).values(),
  ].map(pieces => pieces.map(one => (one.id ? `<${one.id} ${one.text}>` : one.text)).join(''))

describe('words that are explained', () => {
  it('are marked where they stand first, in any case and by any of their names', () => {
    const text = page(block('paragraph', said('A Cell is alive. Cells, cell.')), block('paragraph', said('The cell')))
    assert.deepEqual(found(text, ['1', 'cell', 'cells']), ['A <1 Cell> is alive. Cells, cell.'])
  })

  it('are whole words, the longest first, in every script', () => {
    const text = page(block('paragraph', said('Excellent, subcell: a cell wall. Größe, nicht Größen. الخلية حية.')))
    assert.deepEqual(found(text, ['1', 'cell'], ['2', 'cell wall'], ['3', 'größe'], ['4', 'الخلية']), [
      'Excellent, subcell: a <2 cell wall>. <3 Größe>, nicht Größen. <4 الخلية> حية.',
    ])
  })

  it('stand as they are in headings, code and links, and where they hold signs of patterns', () => {
    const link = [{ type: 'link', attrs: { href: 'https://example.org' } }] as const
    const text = page(
      block('heading', said('Cell')),
      block('codeBlock', said('cell')),
      block('paragraph', said('cell', [...link]), said(' and C++ and cell')),
    )
    assert.deepEqual(found(text, ['1', 'cell'], ['2', 'C++'], ['3', 'a.d']), [' and <2 C++> and <1 cell>'])
  })
})
