// The rule of docstrings and codes catches what is left out, however it comes to be thrown, and lets the right way pass.

import assert from 'node:assert/strict'
import { checkCodes } from './check-codes.ts'

const problems = `export const problemStatus = { malformed: 400, 'not-found': 404, 'not-allowed': 403, conflict: 409, locked: 403, busy: 503 }
export class Problem extends Error {}
export function demand(allowed: boolean, code: ProblemCode = 'not-allowed', options = {}): asserts allowed {
  if (!allowed) throw new Problem(code, options)
}
export function refuse(why: ProblemCode | undefined): void {
  if (why !== undefined) throw new Problem(why)
}
`
const imports = `import { demand, Problem, refuse } from '#protocol/base/problems.ts'\n`

/** What is left out where these files are the server, by function: codes with where they come from. */
const found = (files: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(
    checkCodes([
      { path: 'protocol/base/problems.ts', text: problems },
      ...Object.entries(files).map(([path, text]) => ({ path: `server/${path}`, text: `${imports}${text}` })),
    ]).map(({ what }) => {
      const [, name = '', codes = ''] = /^the docstring of (\w+) leaves out what it throws: (.*)$/.exec(what) ?? []
      return [name, codes]
    }),
  )

const inPolls = (text: string) => found({ 'features/polls/actions.ts': text })

describe('check: codes in docstrings', () => {
  it('finds what a function throws itself, in each of the ways there are', () => {
    const text = `
      export const a = () => { throw new Problem('conflict') }
      export function b(ok: boolean) { demand(ok) }
      export function c(ok: boolean, far: boolean) { demand(ok, far ? 'not-found' : 'locked') }
      const why = (ok: boolean): ProblemCode | undefined => (ok ? undefined : 'malformed')
      export function d(ok: boolean) { refuse(why(ok)) }
      export function e(ok: boolean) { const told = why(ok) ?? 'locked'; if (told) throw new Problem(told) }
      const wrong = () => new Problem('malformed')
      export function f() { throw wrong() }
      const codes = { one: 'locked', two: 'conflict' } as const
      export const g = (key: 'one' | 'two') => { throw new Problem(codes[key]) }
      export const h = (list: string[]) => list.map(() => { throw new Problem('conflict') })`
    assert.deepEqual(inPolls(text), {
      ...{ a: 'conflict', b: 'not-allowed', c: 'not-found, locked', d: 'malformed', e: 'malformed, locked' },
      ...{ f: 'malformed (of wrong)', g: 'locked, conflict', h: 'conflict' },
    })
  })

  it('follows calls through a module, imports and the faces of features, also in circles', () => {
    const files = {
      'platform/db/keyset.ts': `export function readKeyset() { throw new Problem('malformed') }`,
      'features/courses/index.ts': `export { getCourse, court as open } from './queries.ts'`,
      'features/courses/queries.ts': `
        import { readKeyset } from '#server/platform/db/keyset.ts'
        /** Throws \`not-found\`. */
        export async function getCourse() { throw new Problem('not-found') }
        export const court = { read: () => { readKeyset() } }`,
      'features/polls/actions.ts': `
        import { getCourse, open } from '#server/features/courses/index.ts'
        async function again() { await once() }
        async function once() { await again(); await getCourse() }
        export const a = async () => once()
        export const b = () => open.read()
        export const c = (all: string[]) => all.map(getCourse)`,
    }
    assert.deepEqual(found(files), {
      ...{ a: 'not-found (of once)', b: 'malformed (of court.read)', c: 'not-found (of getCourse)' },
    })
  })

  it('does not follow what somebody else calls, nor names that mean something else there', () => {
    const text = `
      const fail = () => { throw new Problem('conflict') }
      export const a = () => ({ run: () => fail(), stop() { fail() } })
      export const b = (fail: () => void) => fail()
      export const c = (later: (job: () => void) => void) => later(fail)
      export const d = () => { const fail = () => undefined; fail() }`
    assert.deepEqual(inPolls(text), {})
  })

  it('leaves to a handler what it keeps', () => {
    const text = `
      const fail = (ok: boolean) => { demand(ok, 'conflict'); demand(ok, 'locked') }
      export function all() { try { fail(true) } catch { return undefined } }
      export function one() { try { fail(true) } catch (error) { if (error.code === 'locked') return; throw error } }
      export function other() { try { fail(true) } catch (error) { throw new Problem('malformed') } }
      export function none() { try { fail(true) } catch (error) { log(error); throw error } }
      export function problems() { try { fail(true) } catch (error) { if (!(error instanceof Problem)) throw error } }
      export function those() { try { fail(true) } catch (error) { if (error instanceof Problem) throw error } }
      export function told() { try { fail(true) } catch (error) { if (error instanceof Problem) return error; throw error } }
      export const chained = () => fail(true).catch(error => { if (error.code !== 'conflict') throw error })`
    assert.deepEqual(inPolls(text), {
      ...{ one: 'conflict (of fail)', other: 'malformed', none: 'conflict (of fail), locked (of fail)' },
      ...{ those: 'conflict (of fail), locked (of fail)', told: 'conflict (of fail), locked (of fail)' },
      ...{ chained: 'locked (of fail)' },
    })
  })

  it('takes a code as named in words, or with the function that it comes from', () => {
    const text = `
      const whyNot = (): ProblemCode => 'locked'
      /** Throws \`conflict\`. */
      function fail() { throw new Problem('conflict') }
      function locked() { throw new Problem('conflict') }
      /** Throws \`conflict\`, and what \`whyNot\` answers. */
      export function a() { fail(); refuse(whyNot()) }
      /** Throws as \`fail\`. */
      export function b() { fail() }
      /** Throws as \`a\`, but \`not-found\`. */
      export function c() { a(); demand(false, 'not-found') }
      /** A conflict is thrown. Throws \`locked\`. */
      export function d() { locked() }
      /** Throws as \`quiet\`. */
      export function e() { quiet() }
      function quiet() { fail() }
      export function f() { throw new Problem('busy') }
      function g() { fail() }`
    assert.deepEqual(inPolls(text), { d: 'conflict (of locked)', e: 'conflict (of quiet)' })
  })
})
