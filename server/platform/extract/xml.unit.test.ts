// A small XML document as a tree, and what is refused of one.
import assert from 'node:assert/strict'
import { readXml, XmlUnread } from './xml.ts'

const read = (text: string) => readXml(new TextEncoder().encode(text))
const refused = (text: string) => assert.throws(() => read(text), XmlUnread, text.slice(0, 60))

describe('a small XML document', () => {
  it('is a tree of names without their prefixes, with words and attributes', () => {
    const root = read(
      '<?xml version="1.0"?><!-- said --><m:manifest xmlns:m="urn:m" m:id="a&amp;b"><item>One &#233; &lt;</item><item><![CDATA[<two>]]></item></m:manifest>',
    )
    assert.deepEqual([root.name, root.attributes.get('id')], ['manifest', 'a&b'])
    assert.deepEqual(
      root.children.map(one => one.text),
      ['One é <', '<two>'],
    )
    assert.equal(read('\uFEFF<a/>').name, 'a')
    const wide = Uint8Array.from(Buffer.from('\uFEFF<?xml version="1.0" encoding="UTF-16"?><a>é</a>', 'utf16le'))
    assert.equal(readXml(wide).text, 'é')
  })

  it('is refused with a document type, entities of its own, what is not well formed, and beyond measure', () => {
    refused('<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>')
    refused('<!DOCTYPE a SYSTEM "http://elsewhere.example/a.dtd"><a/>')
    refused('<a>&x;</a>')
    refused('<a><b></a>')
    refused('<a/><b/>')
    refused('')
    refused('no markup')
    refused(`${'<a>'.repeat(101)}${'</a>'.repeat(101)}`)
    refused(`<a>${'<b/>'.repeat(50_001)}</a>`)
  })
})
