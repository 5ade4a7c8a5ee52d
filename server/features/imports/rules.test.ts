// Lists as schools send them: our own CSV and OneRoster's, each row with what is wrong with it.
import assert from 'node:assert/strict'
import { readLists } from './rules.ts'

const none = { people: '', enrolments: '', classes: '' }

describe('lists of an import', () => {
  it('are read by their heads, with separators as spreadsheets write them', () => {
    const { people, enrolments } = readLists({
      ...none,
      people: '\ufeffName;E-Mail\n"Ada, Countess";ADA@list.example\n;b@list.example\nNo At;x\nAgain;ada@list.example\n',
      enrolments:
        'email,course,role\nada@list.example,Bio 1,TA\nada@list.example,bio 1,\nada@list.example,Bio 1,dean\n',
    })
    assert.deepEqual(
      people.map(row => [row.line, row.name, row.email, row.error]),
      [
        [2, 'Ada, Countess', 'ada@list.example', null],
        [3, '', 'b@list.example', 'no-name'],
        [4, 'No At', 'x', 'bad-email'],
        [5, 'Again', 'ada@list.example', 'twice'],
      ],
    )
    assert.deepEqual(
      enrolments.map(row => [row.role, row.course, row.error]),
      [
        ['assistant', 'Bio 1', null],
        ['learner', 'bio 1', 'twice'],
        [null, 'Bio 1', 'bad-role'],
      ],
    )
  })

  it('of OneRoster join users, classes and enrollments by their ids', () => {
    const { people, enrolments } = readLists({
      people:
        'sourcedId,status,givenName,familyName,email\nu1,active,Ada,Byron,ada@list.example\nu2,tobedeleted,Bo,B,bo@list.example',
      classes: 'sourcedId,title,classCode\nc1,Biology 1,BIO1',
      enrolments: 'sourcedId,classSourcedId,userSourcedId,role\ne1,c1,u1,student\ne2,c1,u9,student\ne3,c7,u1,teacher',
    })
    assert.deepEqual(
      people.map(row => [row.name, row.error]),
      [
        ['Ada Byron', null],
        ['Bo B', 'to-be-deleted'],
      ],
    )
    assert.deepEqual(
      enrolments.map(row => [row.email, row.course, row.role, row.error]),
      [
        ['ada@list.example', 'BIO1', 'learner', null],
        ['', 'BIO1', 'learner', 'no-account'],
        ['ada@list.example', 'c7', 'instructor', null],
      ],
    )
  })

  it('that can not be read say where', () => {
    assert.throws(() => readLists({ ...none, people: 'email\n"a' }), { code: 'malformed' })
    assert.throws(() => readLists({ ...none, people: 'first,second\n1,2' }), { code: 'malformed' })
  })
})
