// What packages say in their two models of data comes out in one form, cut to what can be kept, and goes in again.
import assert from 'node:assert/strict'
import { partData } from '#protocol/packages/attempts.ts'
import { begunWith, toldBy } from './cmi.ts'

const learner = { id: 'l', name: 'Lena' }
const part = { mastery: 0.8, launchData: 'begin' }

describe('what a package tells', () => {
  it('of SCORM 1.2 is a status in one word, taken apart and put together again', () => {
    const cmi = {
      core: { lesson_status: 'passed', score: { raw: '85', min: '', max: '100' }, lesson_location: '3' },
      suspend_data: 'seen 3',
      objectives: { 0: { id: 'o1', status: 'passed', score: { raw: '3' } } },
    }
    const told = toldBy('scorm12', cmi, 12.4)
    assert.deepEqual(told, {
      ...{ completion: 'completed', success: 'passed', score: { raw: 85, max: 100 }, seconds: 12 },
      ...{ location: '3', suspend: 'seen 3' },
      objectives: [{ id: 'o1', completion: 'passed', success: '', score: { raw: 3 } }],
    })
    const again = begunWith('scorm12', { part, learner, state: { part: 'one', data: told, seconds: 3_725 } })
    assert.deepEqual(again.core, {
      ...{ student_id: 'l', student_name: 'Lena', lesson_location: '3', lesson_status: 'passed', credit: 'credit' },
      ...{ lesson_mode: 'normal', entry: 'resume', total_time: '0001:02:05', score: { raw: '85', max: '100' } },
    })
    assert.deepEqual(again.student_data, { mastery_score: '80' })
    assert.deepEqual(again.objectives, [{ id: 'o1', status: 'passed', score: { raw: '3' } }])
  })

  it('of SCORM 2004 is completion and success apart, with a scaled score', () => {
    const cmi = {
      ...{ completion_status: 'completed', success_status: 'failed', location: 'p', suspend_data: 's' },
      score: { scaled: '0.4', raw: '', min: '', max: '' },
    }
    const told = toldBy('scorm2004', cmi, 1)
    assert.deepEqual([told.completion, told.success, told.score], ['completed', 'failed', { scaled: 0.4 }])
    const again = begunWith('scorm2004', { part, learner, state: { part: 'one', data: told, seconds: 61 } })
    assert.deepEqual(
      [
        again.entry,
        again.total_time,
        again.completion_status,
        again.success_status,
        again.scaled_passing_score,
        again.score,
      ],
      ['resume', 'PT61S', 'completed', 'failed', '0.8', { scaled: '0.4' }],
    )
    const first = begunWith('scorm2004', { part, learner, state: null })
    assert.deepEqual([first.entry, first.location, first.launch_data], ['ab-initio', undefined, 'begin'])
  })

  it('is what the wire takes, whatever stands there', () => {
    const strange = {
      core: { lesson_status: {}, score: { raw: 'many', max: '1e999' }, lesson_location: 'x'.repeat(5_000) },
      suspend_data: `a\u0000${'y'.repeat(100_000)}`,
      objectives: Object.fromEntries(Array.from({ length: 300 }, (_, at) => [at, at % 2 ? null : { id: `o${at}` }])),
    }
    for (const form of ['scorm12', 'scorm2004'] as const)
      for (const cmi of [strange, {}, { core: 7, objectives: 'none', score: [] }])
        assert.ok(
          partData.safeParse(toldBy(form, cmi, -5)).success,
          JSON.stringify(toldBy(form, cmi, -5)).slice(0, 300),
        )
  })
})
