// Which codes of Problems each function of a module can throw, itself or by the functions it calls: from the syntax
// alone. Calls are followed where the called function has a name in the module or is imported by one; hooks, registries,
// and what is handed over in an object or by name elsewhere than to a method of a list are not. Changes nothing.
import type { Source } from './check-imports.ts'
import { bare, children, type FunctionNode, is, isFunction, type Module, modulesOf, type Node } from './code-trees.ts'

/** What may be the code of a Problem: a text, what a function answers, or an argument of the function itself. */
type Value = { readonly text: string } | { readonly answerOf: string } | { readonly argument: number }

/** What a function may throw: a value, or what a called function throws. `caught` says which codes go no further. */
interface Effect {
  readonly value?: Value
  readonly call?: string
  readonly given?: readonly (readonly Value[])[]
  readonly caught: readonly ((code: string) => boolean)[]
}

export interface Fn {
  readonly path: string
  readonly name: string
  readonly exported: boolean
  /** The comment before it; empty where there is none. */
  readonly docstring: string
  readonly effects: readonly Effect[]
  readonly answers: readonly Value[]
  /** The values of arguments that were left out. */
  readonly defaults: readonly (readonly Value[])[]
  /** The codes it throws, each with the called function that it comes from, or `itself`. */
  readonly codes: Map<string, string>
}

export interface Flow {
  /** By `path#name`, or `path#object.name`. */
  readonly functions: ReadonlyMap<string, Fn>
  /** Every code there is. */
  readonly codes: ReadonlySet<string>
  /** The function that a name means in a file. */
  readonly meant: (path: string, name: string) => Fn | undefined
  /** Every function that one calls or asks for a code, and those that they do. */
  readonly below: (fn: Fn) => ReadonlySet<Fn>
  /** The codes that a function answers rather than throws. */
  readonly answersOf: (fn: Fn) => ReadonlySet<string>
}

const some = (node: Node, test: (node: Node) => boolean): boolean =>
  test(node) || children(node).some(child => some(child, test))

/** Which codes a handler of what was thrown keeps to itself: all, none, or those that it names. */
function keptBy(handler: Node, tree: Module['tree']): (code: string) => boolean {
  const name = children(handler).find(child => is.isParameterDeclaration(child) || is.isVariableDeclaration(child))
  const thrown = name ? tree.text.slice(name.pos, name.end).replace(/:.*/s, '').trim() : ''
  const again = (node: Node): boolean =>
    (is.isThrowStatement(node) || is.isReturnStatement(node)) &&
    some(node, one => is.isIdentifier(one) && one.text === thrown && !(is.isCallExpression(one.parent) || asked(one)))
  const asked = (node: Node): boolean =>
    (is.isBinaryExpression(node.parent) && node.parent.left === node) ||
    (is.isPropertyAccessExpression(node.parent) && node.parent.expression === node)
  if (!some(handler, again)) return () => true
  const text = tree.text.slice(handler.pos, handler.end)
  const named = [...text.matchAll(/\.code [!=]== '([\w-]+)'/g)].map(found => found[1])
  if (named.length > 0) return code => named.includes(code)
  // Either everything goes on, thrown or as what is answered, or all but Problems do, or they alone.
  const all =
    /instanceof Problem/.test(text) &&
    !new RegExp(`\\(${thrown} instanceof Problem\\)\\s*\\{?\\s*(?:throw|return) ${thrown}\\b`).test(text)
  return () => all
}

/** The codes of every function that is declared in these files. */
export function codeFlow(sources: readonly Source[]): Flow {
  const modules = modulesOf(sources)
  const meant = (path: string, name: string): string | undefined => {
    const module = modules.get(path)
    if (module?.functions.has(name)) return `${path}#${name}`
    const [first = '', member] = name.split('.')
    const there = module?.names.get(first)
    if (there) return meant(there.path, member === undefined ? there.name : `${there.name}.${member}`)
    return module?.all.map(one => meant(one, name)).find(key => key !== undefined)
  }
  const codes = codesIn(modules.get('protocol/base/problems.ts'))
  const functions = new Map<string, Fn>()
  for (const module of modules.values())
    for (const [name, { node, exported, docstring }] of module.functions) {
      const read = node.map(one => effectsOf(one, module, meant))
      functions.set(`${module.path}#${name}`, {
        ...{ path: module.path, name, exported, docstring },
        effects: read.flatMap(one => one.effects),
        answers: read.flatMap(one => one.answers),
        defaults: read.at(-1)?.defaults ?? [],
        codes: new Map(),
      })
    }
  const answered = spread(functions, codes)
  const below = (fn: Fn, found = new Set<Fn>()): ReadonlySet<Fn> => {
    const asked = [
      ...fn.answers,
      ...fn.effects.flatMap(({ value, given = [] }) => [...(value ? [value] : []), ...given.flat()]),
    ]
    const keys = [
      ...fn.effects.map(({ call }) => call),
      ...asked.map(value => ('answerOf' in value ? value.answerOf : '')),
    ]
    for (const one of keys.flatMap(key => functions.get(key ?? '') ?? []))
      if (!found.has(one)) below(one, found.add(one))
    return found
  }
  return {
    functions,
    codes,
    meant: (path, name) => functions.get(meant(path, name) ?? ''),
    below,
    answersOf: ({ path, name }) => answered.get(`${path}#${name}`) ?? new Set(),
  }
}

/** The closed list of codes. */
function codesIn(module: Module | undefined): ReadonlySet<string> {
  const list = module?.constants.get('problemStatus')
  return new Set(
    list && is.isObjectLiteralExpression(list)
      ? list.properties.flatMap(one => {
          const [name] = children(one)
          return name && (is.isIdentifier(name) || is.isStringLiteral(name)) ? name.text : []
        })
      : [],
  )
}

type Meant = (path: string, name: string) => string | undefined

function effectsOf(fn: FunctionNode, module: Module, meant: Meant): Pick<Fn, 'effects' | 'answers' | 'defaults'> {
  const effects: Effect[] = []
  const answers: Value[] = []
  const argumentsOf = new Map<string, number>()
  const locals = new Map<string, Node | undefined>()
  const note = (node: Node): void => {
    if (is.isVariableDeclaration(node) && is.isIdentifier(node.name)) locals.set(node.name.text, node.initializer)
    else if (is.isFunctionDeclaration(node) && node.name && node !== fn) locals.set(node.name.text, undefined)
    else if ((is.isParameterDeclaration(node) || is.isBindingElement(node)) && node.name && is.isIdentifier(node.name))
      locals.set(node.name.text, undefined)
    children(node).forEach(note)
  }
  note(fn)
  fn.parameters.forEach((one, index) => {
    if (is.isParameterDeclaration(one) && is.isIdentifier(one.name)) argumentsOf.set(one.name.text, index)
  })

  const keyOf = (callee: Node): string | undefined => {
    if (is.isIdentifier(callee)) return locals.has(callee.text) ? undefined : meant(module.path, callee.text)
    if (!is.isPropertyAccessExpression(callee) || !is.isIdentifier(callee.expression)) return undefined
    const { text } = callee.expression
    return locals.has(text) ? undefined : meant(module.path, `${text}.${callee.name.text}`)
  }
  const seen = new Set<Node>()
  const values = (given: Node | undefined): Value[] => {
    if (given === undefined) return []
    const node = bare(given)
    if (is.isStringLiteral(node) || is.isNoSubstitutionTemplateLiteral(node)) return [{ text: node.text }]
    if (is.isConditionalExpression(node)) return [...values(node.whenTrue), ...values(node.whenFalse)]
    if (is.isBinaryExpression(node)) {
      const operator = module.tree.text.slice(node.operatorToken.pos, node.operatorToken.end).trim()
      if (operator === '&&') return values(node.right)
      return operator === '??' || operator === '||' ? [...values(node.left), ...values(node.right)] : []
    }
    if (is.isCallExpression(node)) {
      const key = keyOf(node.expression)
      return key === undefined ? [] : [{ answerOf: key }]
    }
    if (is.isElementAccessExpression(node)) return values(node.expression)
    if (is.isObjectLiteralExpression(node))
      return node.properties.flatMap(one => (is.isPropertyAssignment(one) ? values(one.initializer) : []))
    if (!is.isIdentifier(node)) return []
    const argument = argumentsOf.get(node.text)
    if (argument !== undefined) return [{ argument }]
    const meaning = locals.has(node.text) ? locals.get(node.text) : module.constants.get(node.text)
    if (meaning === undefined || seen.has(meaning)) return []
    seen.add(meaning)
    const found = values(meaning)
    seen.delete(meaning)
    return found
  }

  const visit = (node: Node, caught: Effect['caught'], own: boolean): void => {
    if (is.isTryStatement(node)) {
      const { catchClause: handler } = node
      visit(node.tryBlock, handler ? [...caught, keptBy(handler, module.tree)] : caught, own)
      if (handler) visit(handler.block, caught, own)
      if (node.finallyBlock) visit(node.finallyBlock, caught, own)
      return
    }
    if (is.isReturnStatement(node) && own) answers.push(...values(node.expression))
    if (is.isNewExpression(node) && is.isIdentifier(node.expression) && node.expression.text === 'Problem')
      for (const value of values(node.arguments?.[0])) effects.push({ value, caught })
    if (is.isCallExpression(node)) {
      const { expression: callee, arguments: given } = node
      const method = is.isPropertyAccessExpression(callee) ? callee.name.text : ''
      const [handler] = given
      if (method === 'catch' && handler && isFunction(handler)) {
        visit(callee, [...caught, keptBy(handler, module.tree)], own)
        visit(handler, caught, false)
        return
      }
      const key = keyOf(callee)
      if (key !== undefined) effects.push({ call: key, given: [...given].map(one => values(one)), caught })
      if (/^(?:map|flatMap|forEach|filter|some|every|find)$/.test(method) && handler) {
        const each = is.isIdentifier(handler) ? keyOf(handler) : undefined
        if (each !== undefined) effects.push({ call: each, given: [], caught })
      }
    }
    // What is handed over in an object is somebody else's to call.
    const handed = is.isObjectLiteralExpression(node.parent) && is.isPropertyAssignment(node)
    for (const child of children(node))
      if (!(isFunction(child) && (handed || is.isMethodDeclaration(child))))
        visit(child, caught, own && !isFunction(child))
  }
  if (fn.body) {
    if (!is.isBlock(fn.body)) answers.push(...values(fn.body))
    visit(fn.body, [], true)
  }
  const defaults = fn.parameters.map(one => (is.isParameterDeclaration(one) ? values(one.initializer) : []))
  return { effects, answers, defaults }
}

/** Works out what each function throws, until nothing is added any more. */
function spread(functions: ReadonlyMap<string, Fn>, codes: ReadonlySet<string>): ReadonlyMap<string, Set<string>> {
  const thrown = new Map<string, Set<number>>([...functions.keys()].map(key => [key, new Set()]))
  const answered = new Map<string, Set<string>>([...functions.keys()].map(key => [key, new Set()]))
  const textsOf = (value: Value): Iterable<string> => {
    if ('text' in value) return codes.has(value.text) ? [value.text] : []
    return 'answerOf' in value ? (answered.get(value.answerOf) ?? []) : []
  }
  for (let changed = true; changed; ) {
    changed = false
    for (const [key, fn] of functions) {
      const mine = answered.get(key)
      for (const text of fn.answers.flatMap(value => [...textsOf(value)]))
        if (mine && !mine.has(text)) changed = Boolean(mine.add(text))
      const add = (code: string, from: string, caught: Effect['caught']): void => {
        if (fn.codes.has(code) || caught.some(keeps => keeps(code))) return
        fn.codes.set(code, from)
        changed = true
      }
      const addValue = (value: Value, from: string, caught: Effect['caught']): void => {
        const own = thrown.get(key)
        if ('argument' in value && own && !own.has(value.argument)) changed = Boolean(own.add(value.argument))
        for (const text of textsOf(value)) add(text, from, caught)
      }
      for (const { value, call, given = [], caught } of fn.effects) {
        if (value) addValue(value, 'itself', caught)
        const called = functions.get(call ?? '')
        if (!called || called === fn) continue
        for (const code of called.codes.keys()) add(code, called.name, caught)
        for (const index of thrown.get(call ?? '') ?? []) {
          const from = /^(?:demand|refuse)$/.test(called.name) ? 'itself' : called.name
          for (const one of given[index] ?? called.defaults[index] ?? []) addValue(one, from, caught)
        }
      }
    }
  }
  return answered
}
