// The fold of the gradebook.
import assert from 'node:assert/strict'
import { usualGrading } from './grades/grading.ts'
import { type GradeItem, type GradeItemId, gradebookScope } from './grades.ts'

const item = (id: string): GradeItem => ({
  ...{ id: id as GradeItemId, title: id, points: '10', participation: 50, correctness: 50, policy: 'better' },
  ...{ catchUp: 100, marked: null, held: false, releasesAt: null, at: '2026-01-01T00:00:00.000Z', version: 0 },
})

describe('the gradebook as it is folded', () => {
  it('has columns in the order in which they are read, whichever of two made at once was told first', () => {
    const meta = { actor: null, at: '2026-01-01T00:00:00.000Z' }
    const state = ['a', 'c', 'b'].reduce(
      (before, id, at) =>
        gradebookScope.apply(before, {
          ...{ ...meta, seq: at + 1, kind: 'gradeItemChanged' as const },
          body: { item: item(id), changes: at + 1 },
        }),
      { items: [] as GradeItem[], changes: 0, holds: false, grading: usualGrading },
    )
    assert.deepEqual(
      state.items.map(one => one.id),
      ['a', 'b', 'c'],
    )
  })
})
