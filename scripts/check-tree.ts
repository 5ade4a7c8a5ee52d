// The rules of names and sizes: the eight file names, folders that say nothing, long files, opening comments.
// Pure: takes file texts, answers violations and warnings.

import { isTest, type Source, type Violation } from './check-imports.ts'

const eight = ['index', 'tables', 'rules', 'actions', 'queries', 'http', 'socket', 'listeners']
// A registry's entries, a file each.
const registries: Readonly<Record<string, string>> = { activities: 'kinds' }
const sayNothing = ['utils', 'util', 'helpers', 'helper', 'common', 'shared', 'misc', 'lib']

/** Files of a server feature must have one of the eight names, or lie in a folder of such a name. */
export function checkNames(sources: readonly Source[]): Violation[] {
  const violations: Violation[] = []
  for (const { path } of sources) {
    const [, feature, rest] = /^server\/(?:features|integrations)\/([\w-]+)\/(.+)$/.exec(path) ?? []
    if (feature !== undefined && rest !== undefined && !isTest(path)) {
      const first = rest.split('/')[0] ?? ''
      const isFolder = rest.includes('/')
      const named = isFolder
        ? [...eight, registries[feature]].includes(first)
        : eight.includes(first.replace(/\.ts$/, ''))
      if (!named) violations.push({ path, what: `${first} is none of the eight names: ${eight.join(', ')}` })
    }
    const folder = path
      .split('/')
      .slice(0, -1)
      .find(name => sayNothing.includes(name))
    if (folder !== undefined)
      violations.push({ path, what: `the folder name "${folder}" says nothing: name the thing` })
  }
  return violations
}

// Where each of them is written down once.
const addressBook = ['protocol/base/addresses.ts', 'protocol/base/call.ts', 'protocol/base/documents.ts']
const bareAddress =
  /(['"`])(?:\$\{[^}]*\})?(\/socket\.io|\/collab|\/api\/v1|\/api\/docs|\/healthz|\/readyz|\/(?:join|setup)\/\$)/

/** Nobody writes the address of a door or of a public page as a bare string; tests and catalogues may. */
export function checkAddresses(sources: readonly Source[]): Violation[] {
  return sources
    .filter(({ path }) => /^(client|server|protocol)\//.test(path) && !isTest(path) && !addressBook.includes(path))
    .filter(({ path }) => !/^(protocol\/texts|client\/e2e|client\/ui\/kit|client\/public)\//.test(path))
    .flatMap(({ path, text }) => {
      const [, , found] = bareAddress.exec(text) ?? []
      return found === undefined ? [] : [{ path, what: `writes ${found} as a bare string: take it from protocol/base` }]
    })
}

const lines = (text: string): number => text.split('\n').length - (text.endsWith('\n') ? 1 : 0)

/** Over 300 lines is a warning, over 500 a violation; tests only warn. A catalogue is as long as its feature has texts. */
export function checkLengths(sources: readonly Source[]): { violations: Violation[]; warnings: Violation[] } {
  const violations: Violation[] = []
  const warnings: Violation[] = []
  for (const { path, text } of sources) {
    const count = lines(text)
    if (count <= 300 || path.startsWith('protocol/texts/')) continue
    const lenient = isTest(path)
    const what = `${count} lines: past 300 a file becomes a folder, a verb a file`
    ;(count > 500 && !lenient ? violations : warnings).push({ path, what })
  }
  return { violations, warnings }
}

/** Every file of ours opens with a comment that says what it is for; a component's sheet lets its component speak. */
export function checkOpenings(sources: readonly Source[]): Violation[] {
  const components = new Set(sources.filter(({ path }) => path.endsWith('.tsx')).map(({ path }) => path.slice(0, -4)))
  return sources
    .filter(({ path }) => !(path.endsWith('.css') && components.has(path.slice(0, -4))))
    .filter(({ text }) => !/^(#![^\n]*\n)?\s*(\/\/|\/\*)/.test(text))
    .map(({ path }) => ({ path, what: 'does not open with a comment that says what it is for' }))
}

/** The table of features in ARCHITECTURE.md names every feature, in the order of the list. */
export function checkFeatureTable(architecture: string, order: readonly string[]): Violation[] {
  const [, table = ''] = /\| feature \| owns \|\n\|---\|---\|\n((?:\|.*\n)*)/.exec(architecture) ?? []
  const named = [...table.matchAll(/^\| (\S+) \|/gm)].map(found => found[1])
  const wanted = order.map(path => path.split('/').at(-1))
  if (named.join() === wanted.join()) return []
  const what = `its table of features is not the list of server/features.ts: ${wanted.join(', ')}`
  return [{ path: 'ARCHITECTURE.md', what }]
}
