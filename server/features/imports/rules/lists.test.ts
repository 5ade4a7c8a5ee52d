// Lists as schools send them: our own CSV and OneRoster's, each row with what is wrong with it.
import assert from 'node:assert/strict'
import type { Problem } from '#protocol/base/problems.ts'
import { mostOfImport } from '#protocol/imports.ts'
import { readLists as reading, unusedColumns } from './lists.ts'

const none = { people: '', enrolments: '', classes: '' }

type Lists = Parameters<typeof reading>[0]

const words = new Map(
  Object.entries({ learner: 'learner', student: 'learner', ta: 'assistant', teacher: 'instructor' } as const).map(
    ([word, key]) => [word, { key, name: '', staff: key !== 'learner' }] as const,
  ),
)
const roles = { words, fallback: words.get('learner') ?? null }

function inTurns(lists: Lists, characters?: number) {
  const steps = reading(lists, roles, characters)
  for (let turns = 0; ; turns++) {
    const { done, value } = steps.next()
    if (done) return { turns, ...value }
  }
}
const readLists = (lists: Lists) => inTurns(lists)

describe('lists of an import', () => {
  it('have columns of which nothing is made, and they are named as the list names them', () => {
    assert.deepEqual(unusedColumns('people', '\ufeffName;E-Mail;"Date of\nbirth";Class\nA;a@b.example;1;2\n'), [
      'Date of\nbirth',
      'Class',
    ])
    assert.deepEqual(unusedColumns('enrolments', 'email,course,role\n'), [])
    assert.deepEqual(unusedColumns('classes', ''), [])
  })

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
      enrolments.map(row => [row.role?.key ?? null, row.course, row.error]),
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
      enrolments.map(row => [row.email, row.course, row.role?.key, row.error]),
      [
        ['ada@list.example', 'BIO1', 'learner', null],
        // Whom an earlier list named by this id, the school knows.
        ['', 'BIO1', 'learner', null],
        ['ada@list.example', 'c7', 'instructor', null],
      ],
    )
  })

  it('say until when: in lists of our own the last day, in those of OneRoster the day after it', () => {
    const own = readLists({
      ...none,
      enrolments:
        'email,course,from,until\na@b.example,X,2027-01-01,2027-02-28\nb@b.example,X,,\nc@b.example,X,,2027-02-30\n',
    }).enrolments
    assert.deepEqual(
      own.map(row => [row.beginsOn, row.endsOn, row.error]),
      [
        ['2027-01-01', '2027-03-01', null],
        [null, null, null],
        [null, null, 'bad-date'],
      ],
    )
    const [theirs] = readLists({
      ...none,
      enrolments: 'classSourcedId,userSourcedId,role,endDate\nc1,u1,student,2027-03-01T00:00:00Z',
    }).enrolments
    assert.deepEqual([theirs?.sourceId, theirs?.endsOn], ['u1', '2027-03-01'])
  })

  it('are read by other heads of the same meaning, and say which are missing beside those that were found', () => {
    const { people } = readLists({
      ...none,
      people: 'First name,Last name,E-mail address\nAda,Byron,ada@list.example\n',
    })
    assert.deepEqual([people[0]?.name, people[0]?.email, people[0]?.error], ['Ada Byron', 'ada@list.example', null])
    const refused = (lists: Partial<Lists>, params: Record<string, string>) =>
      assert.throws(
        () => readLists({ ...none, ...lists }),
        (error: Problem) => {
          assert.deepEqual([error.errors[0]?.code, error.errors[0]?.params], ['no_head', params])
          return error.code === 'malformed'
        },
      )
    refused({ people: 'First name;Telephone\nAda;1' }, { found: 'First name, Telephone', missing: 'email' })
    refused({ people: 'email\na@list.example' }, { found: 'email', missing: 'name' })
    refused({ enrolments: 'role,,\nlearner,,' }, { found: 'role', missing: 'email, course' })
  })

  it('keep a name that is too long, and say so', () => {
    const name = 'n'.repeat(102)
    const { people } = readLists({ ...none, people: `name,email\n${name},a@list.example\n,b@list.example\n` })
    assert.deepEqual(
      people.map(row => [row.name, row.error]),
      [
        [name, 'long-name'],
        ['', 'no-name'],
      ],
    )
  })

  it('name the line of the quotation mark that was not closed', () => {
    const at = (people: string, line: number, characters?: number) =>
      assert.throws(
        () => inTurns({ ...none, people }, characters),
        (error: Problem) => {
          assert.deepEqual([error.errors[0]?.code, error.errors[0]?.params], ['not_csv', { line }])
          return true
        },
      )
    at('name,email\nA,a@list.example\n"B,b@list.example\nC,"c@list.example"\n', 3)
    at('name,email\n"A ""x""\nb",a@list.example\nB"b,b@list.example\n', 4)
    at('name,email\r\n"A" ,a@list.example\r\n"B\r\nc,d\r\n', 3, 5)
  })

  it('that can not be read say where', () => {
    assert.throws(() => readLists({ ...none, people: 'email\n"a' }), { code: 'malformed' })
    assert.throws(() => readLists({ ...none, people: 'first,second\n1,2' }), { code: 'malformed' })
  })
  it('are read in turns, whatever stands between two quotes', () => {
    const people = [
      '\ufeffname,email',
      '"Ada, ""Countess""\nof Lovelace",ada@list.example',
      '',
      '"",b@list.example',
      '"a\r\n\r\nb" ,c@list.example',
      'Plain,d@list.example',
      'Last,e@list.example',
    ]
    for (const end of ['\n', '\r\n', '\r']) {
      const text = people.join(end)
      const whole = inTurns({ ...none, people: text }, text.length)
      assert.deepEqual(
        whole.people.map(row => row.email.slice(0, 1)),
        ['a', 'b', 'c', 'd', 'e'],
      )
      for (let characters = 1; characters < text.length; characters++)
        assert.deepEqual(inTurns({ ...none, people: text }, characters).people, whole.people, `${end} ${characters}`)
    }
    assert.throws(
      () => inTurns({ ...none, people: 'email\na@list.example\n"a' }, 5),
      (error: Problem) => {
        assert.deepEqual(error.errors[0]?.params, { line: 3 })
        return error.code === 'malformed'
      },
    )
    const long = Array.from({ length: 5_000 }, (_, row) => `Person ${row},p${row}@list.example`)
    assert.ok(inTurns({ ...none, people: ['name,email', ...long].join('\n') }).turns > 4)
    const more = 'x\n'.repeat(mostOfImport.rows + 1)
    assert.throws(() => readLists({ ...none, people: `email\n${more}` }), { code: 'too-large' })
  })
})
