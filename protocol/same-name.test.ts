// A typed name is the name, however its marks, case and spaces were typed; another name is not.
import assert from 'node:assert/strict'
import { isSameName } from './same-name.ts'

describe('a name that is typed', () => {
  it('is the name whatever its marks, case and spaces, and in either form of Unicode', () => {
    for (const [typed, name] of [
      ['zoe muller', 'Zoë Müller'],
      ['Zoe\u0308 Mu\u0308ller', 'Zoë Müller'],
      ['isik yildiz', 'Işık Yıldız'],
      ['ISIK  YILDIZ', 'Işık Yıldız'],
      ['İpek', 'ipek'],
      [' Nguyen Van An ', 'Nguyễn Văn An'],
      ['AnneMarie', 'Anne Marie'],
      ['محمد', 'مُحَمَّد'],
    ] as const)
      assert.ok(isSameName(typed, name), `${typed} for ${name}`)
  })

  it('is not another, nor nothing', () => {
    for (const [typed, name] of [
      ['Zoe Miller', 'Zoë Müller'],
      ['Zoe', 'Zoë Müller'],
      ['', ''],
      ['  ', '\u0301'],
    ] as const)
      assert.ok(!isSameName(typed, name), `${typed} for ${name}`)
  })
})
