// What an account's end takes and keeps is told feature by feature: each that keeps anything about a person has its words, in
// every language, and no two have the same.
import assert from 'node:assert/strict'
import { partTexts } from '#protocol/privacy-parts.ts'
import { textsIn } from '#protocol/texts/catalogues.ts'
import { featureKey } from '#server/features/privacy/rules/page.ts'
import { features } from '#server/features.ts'

describe('what features keep about people', () => {
  const keeping = features.filter(one => one.account !== undefined).map(one => one.name)

  it('has a name of its own in every language', () => {
    for (const locale of ['en', 'ar']) {
      const words: Readonly<Record<string, unknown>> = textsIn(locale).privacy
      const missing = keeping.filter(name => typeof words[featureKey(name)] !== 'string')
      assert.deepEqual(missing, [], locale)
      const said = keeping.map(name => words[featureKey(name)])
      assert.equal(new Set(said).size, said.length, locale)
    }
  })

  it('is called so where an account ends', () => {
    const texts: Readonly<Record<string, string>> = partTexts
    for (const name of keeping) assert.equal(texts[name], `privacy.${featureKey(name)}`)
  })
})
