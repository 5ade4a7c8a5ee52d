// What the palette offers for what was typed, the closest first.
import assert from 'node:assert/strict'
import { Search } from 'lucide-preact'
import { matching } from './match.ts'
import type { PaletteChoice } from './registry.ts'

const choice = (label: string, also?: string): PaletteChoice => ({
  key: label,
  label,
  also,
  icon: Search,
  does: { go: '/' },
})

describe('what the palette offers for some letters', () => {
  const all = [choice('Grades'), choice('Écriture et lecture'), choice('Upgrade'), choice('Dark', 'theme')]
  const labels = (typed: string) => matching(all, typed).map(one => one.label)

  it('puts the closest first and forgives case and accents', () => {
    assert.deepEqual(labels('grade'), ['Grades', 'Upgrade'])
    assert.deepEqual(labels('LECTURE ecri'), ['Écriture et lecture'])
    assert.deepEqual(labels('theme'), ['Dark'])
    assert.deepEqual(labels('theme grade'), [])
    assert.equal(labels('  ').length, 4)
  })
})
