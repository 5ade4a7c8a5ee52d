// A note as Markdown: what people format comes out as they meant it, what they paste is shown and never becomes markup,
// whatever it is.
import assert from 'node:assert/strict'
import fc from 'fast-check'
import { lexer, type Token } from 'marked'
import * as Y from 'yjs'
import { noteField } from '#protocol/notes.ts'
import { noteMarkdown, noteText } from './markdown.ts'

type Built = Y.XmlElement | Y.XmlText
type Words = readonly (string | readonly [string, Record<string, unknown>])[]

const words = (...parts: Words): Y.XmlText => {
  const text = new Y.XmlText()
  let at = 0
  for (const part of parts) {
    const [insert, marks] = typeof part === 'string' ? [part, {}] : part
    text.insert(at, insert, marks)
    at += insert.length
  }
  return text
}
const el = (name: string, attributes: Record<string, unknown>, ...children: Built[]): Y.XmlElement => {
  const element = new Y.XmlElement(name)
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value as string)
  element.insert(0, children)
  return element
}
const p = (...parts: Words) => el('paragraph', {}, words(...parts))
const item = (name: string, attributes: Record<string, unknown>, ...children: Built[]) =>
  el(name, attributes, ...children)

const docOf = (...blocks: Built[]): Y.Doc => {
  const doc = new Y.Doc()
  doc.getXmlFragment(noteField).insert(0, blocks)
  return doc
}
const markdown = (...blocks: Built[]) => noteMarkdown(docOf(...blocks))

/** What a reader sees of Markdown, all of it as text, and the kinds of things in it. */
function seen(source: string): { text: string; kinds: Set<string>; links: string[] } {
  const kinds = new Set<string>()
  const links: string[] = []
  const read = (tokens: readonly Token[]): string =>
    tokens
      .map(token => {
        kinds.add(token.type)
        if (token.type === 'link') links.push(token.href)
        const inner = (token as { tokens?: Token[] }).tokens
        if (token.type === 'br') return '\n'
        return inner ? read(inner) : ((token as { text?: string }).text ?? '')
      })
      .join('')
  return { text: read(lexer(source, { gfm: true })), kinds, links }
}

const unescaped = (text: string) =>
  text.replace(/&(amp|lt|gt|quot|#39);/g, (_, name: string) => ({ amp: '&', lt: '<', gt: '>', quot: '"' })[name] ?? "'")

describe('a note as Markdown', () => {
  it('writes headings, marks, lists, tasks, links, quotes, code and tables', () => {
    const written = markdown(
      el('heading', { level: 2 }, words('Cells')),
      p(
        'A ',
        ['small', { bold: {} }],
        [' unit', { bold: {}, italic: {} }],
        ' of ',
        ['life', { link: { href: 'https://a.example/b(c)' } }],
        '.',
      ),
      p(['gone ', { strike: {} }], 'x ', ['let a = `b`', { code: {} }]),
      el(
        'bulletList',
        {},
        item(
          'listItem',
          {},
          p('one'),
          el('orderedList', { start: 3 }, item('listItem', {}, p('three')), item('listItem', {}, p('four'))),
        ),
        item('listItem', {}, p('two'), p('more of two')),
      ),
      el(
        'taskList',
        {},
        item('taskItem', { checked: true }, p('done')),
        item('taskItem', { checked: false }, p('due')),
      ),
      el('blockquote', {}, p('said'), p('twice')),
      el('codeBlock', { language: 'js' }, words('if (a) {\n```\n}')),
      el('horizontalRule', {}),
      el(
        'table',
        {},
        el('tableRow', {}, el('tableHeader', {}, p('a|b')), el('tableHeader', {}, p('c'))),
        el('tableRow', {}, el('tableCell', {}, p('1'), p('2')), el('tableCell', {}, p(['3', { bold: {} }]))),
      ),
    )
    assert.equal(
      written,
      [
        '## Cells',
        'A **small *unit*** of [life](https://a.example/b%28c%29).',
        '~~gone~~ x `` let a = `b` ``',
        '- one\n  3. three\n  4. four\n- two\n\n  more of two',
        '- [x] done\n- [ ] due',
        '> said\n>\n> twice',
        '````js\nif (a) {\n```\n}\n````',
        '---',
        '| a\\|b | c |\n| --- | --- |\n| 1 2 | **3** |\n',
      ].join('\n\n'),
    )
    assert.equal(noteMarkdown(new Y.Doc()), '')
  })

  it('shows what was pasted as it is, and follows no address but those of pages and mail', () => {
    const pasted = '<script>alert(1)</script><img src=x onerror=alert(1)> [a](javascript:alert(1)) ![b](http://x/y.png)'
    const { text, kinds, links } = seen(
      markdown(
        p(pasted),
        p(['click', { link: { href: 'javascript:alert(1)' } }], ' ', [
          'mail',
          { link: { href: 'mailto:a@b.example' } },
        ]),
        p(['data', { 'link--aGFzaGVk': { href: 'data:text/html,<b>' } }]),
        el('script', {}, words('alert(2)')),
        el('heading', { level: 99 }, words('# not two')),
      ),
    )
    assert.ok(unescaped(text).includes(pasted))
    assert.ok(text.includes('alert(2)'))
    // A bare address of a page is one, wherever it was typed.
    assert.deepEqual(links, ['http://x/y.png', 'mailto:a@b.example'])
    for (const kind of ['html', 'image', 'codespan', 'def']) assert.ok(!kinds.has(kind), kind)
  })

  it('reads as it was typed, whatever was typed', () => {
    const sign = fc.constantFrom(...'\\`*_{}[]()#+-.!|~<>&$=:/"\' \t1a9@'.split(''))
    fc.assert(
      fc.property(fc.array(sign, { minLength: 1, maxLength: 30 }), signs => {
        const typed = signs.join('').replace(/\s+/g, ' ').trim()
        if (typed === '') return
        const { text, kinds } = seen(markdown(p(typed)))
        assert.equal(unescaped(text), typed)
        for (const kind of kinds)
          assert.ok(['paragraph', 'text', 'escape', 'space'].includes(kind), `${kind} of ${JSON.stringify(typed)}`)
      }),
      { numRuns: 500 },
    )
  })

  it('gives the words alone for search, a line a block', () => {
    const doc = docOf(
      el('heading', { level: 1 }, words('Cells')),
      el('bulletList', {}, item('listItem', {}, p('one ', ['two', { bold: {} }]))),
      p('<b>three</b>'),
    )
    assert.equal(noteText(doc), 'Cells\none two\n<b>three</b>')
    assert.equal(noteText(doc, 5), 'Cells')
  })

  it('comes to an end whatever is in it: spaces without end, and marks without end', () => {
    const spaces = ' '.repeat(300_000)
    const quoted = markdown(el('blockquote', {}, p(`a${spaces}`, ['b', { bold: {} }], [`${spaces}c`, { italic: {} }])))
    assert.equal(quoted.replace(/ +/g, ' '), '> a **b** *c*\n')
    const turns = Array.from({ length: 4_000 }, (_, at): Words[number] =>
      at % 2 === 0 ? 'plain ' : ['bold', { bold: {} }],
    )
    assert.equal(markdown(p(...turns)).split('**bold**').length, 2_001)
    assert.match(markdown(p(['` '.repeat(200_000), { code: {} }])), /^``/)
  })

  it('survives nesting without end', () => {
    let inner = el('blockquote', {}, p('deep'))
    for (let depth = 0; depth < 300; depth++) inner = el('blockquote', {}, inner)
    assert.match(markdown(inner), /deep/)
    assert.equal(noteText(docOf(p('x'))), 'x')
  })
})
