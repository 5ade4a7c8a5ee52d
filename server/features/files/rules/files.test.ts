// What bytes are, from their signature, their text and their name.
import assert from 'node:assert/strict'
import { formOf, typeOf } from './files.ts'

describe('the type of a file', () => {
  it('is what its signature says, and only of containers the name says whether they hold sound alone', () => {
    const types: [signature: string | undefined, content: 'text' | 'bytes', name: string, type: string][] = [
      ['video/mp4', 'bytes', 'Lecture.mp4', 'video/mp4'],
      ['video/mp4', 'bytes', 'Voice.M4A', 'audio/mp4'],
      ['audio/x-m4a', 'bytes', 'Voice.mp4', 'audio/mp4'],
      ['video/webm', 'bytes', 'Voice.weba', 'audio/webm'],
      ['video/webm', 'bytes', 'Voice.m4a', 'video/webm'],
      ['image/png', 'bytes', 'Picture.m4a', 'image/png'],
      [undefined, 'bytes', 'Voice.m4a', 'application/octet-stream'],
      [undefined, 'text', 'Voice.m4a', 'text/plain'],
    ]
    for (const [signature, content, name, type] of types) assert.equal(typeOf(signature, content, name), type, name)
    assert.equal(formOf('audio/webm'), 'audio')
  })
})
