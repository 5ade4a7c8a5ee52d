// The rule that docstrings name what is thrown: an exported function of a feature names every code of a Problem that it
// throws itself, or that a function does which it calls. Pure: takes file texts, answers violations.

import { isTest, type Source, type Violation } from './check-imports.ts'
import { codeFlow, type Flow, type Fn } from './code-flow.ts'

const featureOf = (path: string): string | undefined => /^server\/(?:features|integrations)\/[\w-]+/.exec(path)?.[0]

// What any call may meet, by the house's own word: whoever is nobody, and a server that is too busy.
const blanket = ['not-signed-in', 'busy', 'draining', 'internal']

const wordsOf = (fn: Fn): string[] => [...fn.docstring.matchAll(/`([\w.-]+)`/g)].map(found => found[1] ?? '')

/** The codes that a docstring names: in words, or as those of a function that it names: one of its file, or below it. */
function namedBy(fn: Fn, flow: Flow, seen = new Set<Fn>()): Set<string> {
  const words = wordsOf(fn)
  const named = new Set(words)
  seen.add(fn)
  const meant = words.filter(word => !flow.codes.has(word)).flatMap(word => flow.meant(fn.path, word) ?? [])
  for (const other of new Set([...flow.below(fn), ...meant])) {
    if (seen.has(other) || flow.codes.has(other.name) || !words.includes(other.name)) continue
    for (const code of flow.answersOf(other)) named.add(code)
    for (const code of other.exported ? other.codes.keys() : namedBy(other, flow, seen)) named.add(code)
  }
  return named
}

/** Every exported function of a feature whose docstring leaves out a code that it can throw. */
export function checkCodes(sources: readonly Source[]): Violation[] {
  const flow = codeFlow(
    sources.filter(
      ({ path }) =>
        !isTest(path) &&
        (/^server\/(?:features|integrations|platform)\/.*\.ts$/.test(path) || path === 'protocol/base/problems.ts'),
    ),
  )
  return [...flow.functions.values()]
    .filter(({ path, exported }) => exported && featureOf(path) !== undefined)
    .flatMap(fn => {
      const named = namedBy(fn, flow)
      const missing = [...fn.codes].filter(([code]) => !named.has(code) && !blanket.includes(code))
      if (missing.length === 0) return []
      const told = missing.map(([code, from]) => (from === 'itself' ? code : `${code} (of ${from})`)).join(', ')
      return [{ path: fn.path, what: `the docstring of ${fn.name} leaves out what it throws: ${told}` }]
    })
}
