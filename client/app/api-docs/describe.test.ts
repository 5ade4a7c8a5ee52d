// Reading the server's description of its API into what people read.
import assert from 'node:assert/strict'
import { curlOf, groupsOf, typeOf } from './describe.ts'

const document = {
  paths: {
    '/api/v1/courses/{courseId}': {
      get: {
        operationId: 'courses.get',
        security: [{ session: [] }, { token: ['courses:read'] }, { token: ['all:read'] }],
        parameters: [{ name: 'courseId', in: 'path', required: true, schema: { type: 'string', format: 'uuid' } }],
      },
      patch: {
        operationId: 'courses.change',
        security: [{ session: [] }],
        parameters: [
          { name: 'courseId', in: 'path', required: true, schema: { type: 'string' } },
          { name: 'Idempotency-Key', in: 'header', required: true },
        ],
        requestBody: {
          content: {
            'application/json': {
              schema: {
                type: 'object',
                properties: { title: { type: 'string', maxLength: 200 } },
                required: ['title'],
              },
            },
          },
        },
      },
    },
    '/api/v1/join/{code}': { get: { operationId: 'live.look', security: [{}, { session: [] }], parameters: [] } },
  },
}

describe('the description of the API', () => {
  it('groups operations by feature, and finds them by words', () => {
    assert.deepEqual(
      groupsOf(document).map(group => [group.feature, group.operations.map(one => one.id)]),
      [
        ['courses', ['courses.get', 'courses.change']],
        ['live', ['live.look']],
      ],
    )
    assert.deepEqual(groupsOf(document, ' JOIN ')[0]?.operations[0]?.open, true)
    assert.deepEqual(groupsOf(document, 'nothing'), [])
    assert.deepEqual(groupsOf(undefined), [])
  })

  it('tells the narrowest scope that opens an operation, and where no token does', () => {
    const [courses, live] = groupsOf(document)
    assert.deepEqual(
      courses?.operations.map(one => one.scope),
      ['courses:read', undefined],
    )
    assert.equal(courses?.operations[0]?.open, false)
    assert.equal(live?.operations[0]?.scope, undefined)
  })

  it('tells where each field stands and what it takes', () => {
    const change = groupsOf(document)[0]?.operations[1]
    assert.deepEqual(change?.fields, [
      { name: 'courseId', where: 'path', required: true, type: 'string' },
      { name: 'title', where: 'body', required: true, type: 'string 0–200 characters' },
    ])
    assert.ok(change)
    assert.match(
      curlOf('https://x.org', change),
      /PATCH "https:\/\/x\.org\/api\/v1[\s\S]+Idempotency-Key[\s\S]+"title"/,
    )
  })

  it('writes types as people read them', () => {
    assert.equal(typeOf({ anyOf: [{ type: 'string' }, { type: 'null' }] }), 'string | null')
    assert.equal(typeOf({ type: 'array', items: { enum: ['a', 'b'] } }), '("a" | "b")[]')
    assert.equal(
      typeOf({ type: 'object', properties: { n: { type: 'integer', minimum: 1, maximum: 9 } } }),
      '{\n  n?: integer 1–9\n}',
    )
    assert.equal(typeOf({}), 'any')
  })
})
