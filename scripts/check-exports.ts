// The rule of public faces: what a feature's index exports for others, others use. Pure: takes file texts, answers
// violations. What nobody imports is dead, or a door that nobody asked for.
import { posix } from 'node:path'
import type { Source, Violation } from './check-imports.ts'

const namesIn = (inside: string): string[] =>
  inside
    .replace(/\/\/[^\n]*/g, '')
    .split(',')
    .map(one => one.trim().replace(/^type /, ''))
    .filter(Boolean)

const indexPath = /^server\/(?:features|integrations)\/[\w-]+\/index\.ts$/

/**
 * Every name that a feature's index hands on, `export { a, b as c } from`, is imported somewhere outside the feature; its
 * models may wait for a later feature that joins them.
 */
export function checkExports(sources: readonly Source[]): Violation[] {
  const used = new Map<string, Set<string>>()
  for (const { path, text } of sources) {
    for (const [, inside = '', spec = ''] of text.matchAll(
      /(?:import|export)(?: type)? \{([^}]*)\} from '([^']+index\.ts)'/g,
    )) {
      const target = spec.startsWith('#') ? spec.slice(1) : posix.join(posix.dirname(path), spec)
      const names = used.get(target) ?? new Set<string>()
      used.set(target, names)
      for (const name of namesIn(inside)) names.add(name.split(' as ')[0] ?? name)
    }
  }
  return sources
    .filter(({ path }) => indexPath.test(path))
    .flatMap(({ path, text }) =>
      [...text.matchAll(/^export(?: type)? \{([^}]*)\} from '(?!\.\/tables)/gm)]
        .flatMap(([, inside = '']) => namesIn(inside).map(name => name.split(' as ').at(-1) ?? name))
        .filter(name => !used.get(path)?.has(name))
        .map(name => ({ path, what: `exports ${name}, which nobody uses` })),
    )
}
