// Addresses are built and escaped in one place.
import assert from 'node:assert/strict'
import { pathTo } from '#client/app/paths.ts'

describe('paths', () => {
  it('fills and escapes the parameters', () => {
    assert.equal(pathTo('today'), '/')
    assert.equal(pathTo('page', { courseId: 'a/b', pageId: 'ü ?' }), '/courses/a%2Fb/pages/%C3%BC%20%3F')
  })

  it('adds the query, leaving out what is undefined', () => {
    assert.equal(pathTo('signIn', {}, { next: '/courses?x=1', at: undefined }), '/sign-in?next=%2Fcourses%3Fx%3D1')
  })
})
