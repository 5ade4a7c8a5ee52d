// Numbers are read as they are typed, in either decimal sign, and never through a float.
import assert from 'node:assert/strict'
import fc from 'fast-check'
import { exactOf, plainOf } from '#protocol/base/decimal.ts'
import { readTyped, shownNumber, typedOf } from './numbers.ts'

describe('numbers as they are typed', () => {
  it('takes comma and point for the decimal sign, and the language where it could be either', () => {
    const cases: [string, string, string | undefined][] = [
      ['1.5', 'en', '1.5'],
      ['1,5', 'en', '1.5'],
      ['1,5', 'de', '1.5'],
      ['1.5', 'de', '1.5'],
      ['1,234', 'en', '1234'],
      ['1,234', 'de', '1.234'],
      ['1.234', 'de', '1234'],
      ['1.234', 'en', '1.234'],
      ['1,234.5', 'en', '1234.5'],
      ['1.234,5', 'en', '1234.5'],
      ['1,234,567', 'en', '1234567'],
      ['12 345,6', 'fr', '12345.6'],
      ['1’000.5', 'de', '1000.5'],
      ['−3', 'en', '-3'],
      ['+.5', 'en', '0.5'],
      ['5.', 'en', '5'],
      ['٣٫٥', 'ar', '3.5'],
      ['۱۲', 'en', '12'],
      ['６', 'en', '6'],
      ['6.02e23', 'en', '602000000000000000000000'],
      ['6,02 × 10^-3', 'en', '0.00602'],
      [' 0001.500 ', 'en', '1.5'],
      ['\u200f12\u202c', 'en', '12'],
      ['-0.0', 'en', '0'],
      ['0.1234567890123456789', 'en', '0.1234567890123456789'],
    ]
    for (const [typed, language, read] of cases)
      assert.equal(readTyped(typed, language), read, `${typed} in ${language}`)
  })

  it('takes nothing else for a number, however long', () => {
    const hostile = [
      '',
      ' ',
      '-',
      '.',
      'e5',
      '1e',
      '1e9999',
      '1e31',
      'NaN',
      'Infinity',
      '0x10',
      '1,2,3',
      '1.2.3',
      '1,23,4',
      '12abc',
      '1/2',
      '--1',
      '<b>1</b>',
      '1\u200b 2',
    ]
    for (const typed of [...hostile, '9'.repeat(10_000), `1${' 000'.repeat(5_000)}`, `0.${'0'.repeat(9_000)}1`])
      assert.equal(readTyped(typed, 'en'), undefined, typed.slice(0, 40))
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), typed => {
        const read = readTyped(typed, 'en')
        assert.ok(read === undefined || exactOf(read) !== undefined)
      }),
    )
  })

  it('comes back from the field as it went in, and shows every figure', () => {
    const value = fc.tuple(fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }), fc.integer({ min: 0, max: 30 }))
    fc.assert(
      fc.property(value, fc.constantFrom('en', 'de', 'fr', 'ar-EG'), ([digits, scale], language) => {
        const plain = plainOf({ digits, scale })
        // A lone group of three is what the language says it is: with its own decimal sign.
        assert.equal(readTyped(typedOf(plain, language), language), plain)
      }),
    )
    assert.equal(shownNumber('1234567.25', 'en'), '1,234,567.25')
    assert.equal(shownNumber('1234567.25', 'de'), '1.234.567,25')
    assert.equal(shownNumber('0.12345678901234567', 'en'), '0.12345678901234567')
    assert.equal(shownNumber('602000000000000000000000', 'en'), '6.02E23')
  })
})
