// The change log of a course leaves no kind of content out: whatever the trail tells of is content of a course, or is none
// for a reason.
import assert from 'node:assert/strict'
import { auditVerbs } from '../audit/verbs.ts'
import { courseThings } from './log.ts'

const school = 'of the school'
const people = 'about people'
const none: Readonly<Record<string, string>> = {
  account: people,
  attendance: people,
  'calendar-feed': people,
  class: people,
  cohort: school,
  consent: school,
  'data-export': people,
  demo: school,
  department: school,
  erasure: people,
  factor: people,
  files: school,
  'findings-request': people,
  grades: people,
  import: school,
  invitation: people,
  mark: people,
  'meeting-server': school,
  observers: people,
  'profile-field': school,
  provider: school,
  question: 'told of as its activity',
  retention: school,
  role: people,
  roles: people,
  session: people,
  term: school,
  token: people,
  topic: 'what people said',
  webhook: school,
}

describe('the kinds of things in the change log of a course', () => {
  it('are all kinds the trail knows that are content of a course', () => {
    const kinds = [...new Set(auditVerbs.map(verb => verb.split('.')[0] ?? ''))]
    const content: readonly string[] = courseThings
    assert.deepEqual(kinds.filter(kind => !content.includes(kind) && !(kind in none)).sort(), [])
    assert.deepEqual(
      [...content, ...Object.keys(none)].filter(kind => !kinds.includes(kind)),
      [],
    )
    assert.deepEqual(
      content.filter(kind => kind in none),
      [],
    )
  })
})
