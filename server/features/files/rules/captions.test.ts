// Captions in the two forms that people have, made one; what is no caption is none.
import assert from 'node:assert/strict'
import { readCaptions } from './captions.ts'

describe('captions', () => {
  it('of SubRip become WebVTT, and are searched by what is said', () => {
    const read = readCaptions(
      '\uFEFF1\r\n00:00:01,000 --> 00:00:04,200\r\nPlants <i>breathe</i> too.\r\n\r\n2\r\n00:00:05,000 --> 00:00:06,000\r\nA --> B &amp; C\r\n',
    )
    assert.equal(
      read?.text,
      'WEBVTT\n\n1\n00:00:01.000 --> 00:00:04.200\nPlants <i>breathe</i> too.\n\n2\n00:00:05.000 --> 00:00:06.000\nA → B &amp; C\n',
    )
    assert.deepEqual([read?.cues, read?.words], [2, 'Plants breathe too. A → B & C'])
  })

  it('of WebVTT stay as they are, with their settings; notes and styles are not said', () => {
    const text =
      'WEBVTT - Lecture\n\nSTYLE\n::cue { color: red }\n\nNOTE not said\n\nintro\n00:01.000 --> 00:02.000 align:start\n<v Ada>Hello.\nAgain.\n\n10:00:00.000 --> 10:00:01.000\nLate\n'
    assert.deepEqual(readCaptions(text), { text, cues: 2, words: 'Hello. Again. Late' })
  })

  it('are none in what has no times', () => {
    const endless = `WEBVTT\n\n00:01.000 --> 00:02.000\n${'<'.repeat(1_000_000)}`
    for (const text of [endless, '', 'WEBVTT\n\n', 'A letter.\nWithout --> times', '00:01 --> 00:02\nno fractions'])
      assert.equal(readCaptions(text), undefined)
  })
})
