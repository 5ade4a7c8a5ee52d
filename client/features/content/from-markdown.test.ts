// Pages written as Markdown become trees that the server's sanitiser takes whole.
import assert from 'node:assert/strict'
import { plainText, readDocument } from '#protocol/content/document.ts'
import { fromMarkdown } from './from-markdown.ts'

const source = `## Cells

Some **bold** and *italic* \`code\` with a [link](https://example.org) and [none](javascript:x).

- one
- two
  1. three

- [x] done

> quoted

| a | b |
|---|---|
| 1 | 2 |

\`\`\`js
let x = 1
\`\`\`

<script>alert(1)</script>

---
`

describe('a tree from Markdown', () => {
  it('is one that may be kept, with nothing lost', () => {
    const tree = fromMarkdown(source)
    assert.deepEqual(readDocument(JSON.parse(JSON.stringify(tree))), JSON.parse(JSON.stringify(tree)))
    const said = plainText(tree)
    for (const words of ['Cells', 'bold', 'three', 'done', 'quoted', '2', 'let x = 1', 'alert(1)', 'none'])
      assert.ok(said.includes(words), words)
    assert.deepEqual(tree.content[0]?.attrs, { level: 1 })
  })

  it('bears nesting without end', () => {
    assert.ok(readDocument(fromMarkdown(`${'> '.repeat(200)}deep`)))
    assert.ok(readDocument(fromMarkdown('')))
  })
})
