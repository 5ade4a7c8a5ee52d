// The rule of words that are asked for too early: those from inside come later than the modules that say them, so `t` is asked while
// something is drawn or done, never as a module is loaded. Pure: takes file texts, answers violations.
import type { Source, Violation } from './check-imports.ts'
import { children, is, isFunction, modulesOf, type Node } from './code-trees.ts'

const doorPath = 'protocol/texts/en/door.ts'

/** The features whose words come with the program. */
const atDoor = (sources: readonly Source[]): ReadonlySet<string> => {
  const text = sources.find(({ path }) => path === doorPath)?.text ?? ''
  return new Set([...text.matchAll(/^import \{ (\w+) \}/gm)].map(([, name = '']) => name))
}

/** No constant and no statement of a module in `client/` asks outside of a function for a text that is not at the door. */
export function checkWords(sources: readonly Source[]): Violation[] {
  const early = atDoor(sources)
  const asksTooEarly = (node: Node): boolean => {
    if (isFunction(node) || is.isGetAccessorDeclaration(node) || is.isClassDeclaration(node)) return false
    if (is.isCallExpression(node) && is.isIdentifier(node.expression) && node.expression.text === 't') {
      const [key] = node.arguments
      return !(key && is.isStringLiteral(key) && early.has(key.text.split('.')[0] ?? ''))
    }
    return children(node).some(asksTooEarly)
  }
  const modules = modulesOf(
    sources.filter(({ path, text }) => /^client\/.*\.tsx?$/.test(path) && /\bt\(/.test(text) && !/\.test\./.test(path)),
  )
  return [...modules.values()].flatMap(({ path, tree }) =>
    tree.statements.filter(asksTooEarly).map(statement => {
      const line = tree.text.slice(0, statement.end).split('\n').length
      return { path, what: `asks for a text from inside as it is loaded (up to line ${line}): keep its key instead` }
    }),
  )
}
