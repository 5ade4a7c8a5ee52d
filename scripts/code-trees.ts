// Modules as their syntax says them: what they import and hand on, their functions with the comments before them. Read
// through the compiler's programming interface, which still calls itself unstable: all that knows of it is here. Resolves
// and checks nothing.
import { posix } from 'node:path'
import type { Node, SourceFile } from 'typescript/unstable/ast'
import * as is from 'typescript/unstable/ast/is'
import { createVirtualFileSystem } from 'typescript/unstable/fs'
import { API } from 'typescript/unstable/sync'
import type { Source } from './check-imports.ts'

export type { Node }
export { is }

/** A function or method, whatever its form. */
export type FunctionNode = Node & { readonly body?: Node; readonly parameters: readonly Node[] }

/** Whether a node is one. */
export const isFunction = (node: Node | undefined): node is FunctionNode =>
  node !== undefined &&
  (is.isArrowFunction(node) ||
    is.isFunctionExpression(node) ||
    is.isFunctionDeclaration(node) ||
    is.isMethodDeclaration(node))

/** An expression without parentheses, assertions and awaiting. */
export function bare(node: Node): Node {
  if (is.isParenthesizedExpression(node) || is.isAsExpression(node)) return bare(node.expression)
  return is.isSatisfiesExpression(node) || is.isAwaitExpression(node) ? bare(node.expression) : node
}

/** Syntax trees of these texts, by path; nothing is resolved or checked. */
function treesOf(sources: readonly Source[]): ReadonlyMap<string, SourceFile> {
  const config = '/tsconfig.json'
  const options = { noLib: true, noResolve: true, types: [] }
  const files = Object.fromEntries(sources.map(({ path, text }) => [`/${path}`, text]))
  const project = JSON.stringify({ compilerOptions: options, files: Object.keys(files) })
  const api = new API({ fs: createVirtualFileSystem({ ...files, [config]: project }) })
  try {
    const program = api.updateSnapshot({ openProject: config }).getProject(config)?.program
    return new Map(
      sources.flatMap(({ path }) => {
        const tree = program?.getSourceFile(`/${path}`)
        return tree ? [[path, tree] as const] : []
      }),
    )
  } finally {
    api.close()
  }
}

const commentBefore = (tree: SourceFile, node: Node): string => {
  const [before = ''] = /^(?:\s|\/\/[^\n]*\n|\/\*[\s\S]*?\*\/)*/.exec(tree.text.slice(node.pos, node.end)) ?? []
  return before.match(/\/\*\*[\s\S]*?\*\//g)?.at(-1) ?? ''
}

/** The nodes right below one. */
export const children = (node: Node): Node[] => {
  const all: Node[] = []
  node.forEachChild(child => {
    all.push(child)
  })
  return all
}

/** One module: its imports, what it hands on, its objects and its functions. */
export class Module {
  readonly names = new Map<string, { readonly path: string; readonly name: string }>()
  readonly all: string[] = []
  readonly constants = new Map<string, Node>()
  readonly functions = new Map<string, { node: FunctionNode[]; exported: boolean; docstring: string }>()
  readonly path: string
  readonly tree: SourceFile

  constructor(path: string, tree: SourceFile) {
    this.path = path
    this.tree = tree
    for (const statement of tree.statements) {
      if (is.isImportDeclaration(statement) || is.isExportDeclaration(statement)) this.link(statement)
      const exported = children(statement).some(is.isExportKeyword)
      const docstring = commentBefore(tree, statement)
      if (is.isFunctionDeclaration(statement) && statement.name)
        this.add(statement.name.text, statement, exported, docstring)
      if (!is.isVariableStatement(statement)) continue
      for (const one of statement.declarationList.declarations) {
        if (!one.initializer || !is.isIdentifier(one.name)) continue
        const value = bare(one.initializer)
        if (isFunction(value)) this.add(one.name.text, value, exported, docstring)
        else this.constants.set(one.name.text, value)
        if (!is.isObjectLiteralExpression(value)) continue
        for (const part of value.properties) {
          const member = is.isPropertyAssignment(part) ? bare(part.initializer) : part
          const name = children(part).find(is.isIdentifier)
          if (name && isFunction(member))
            this.add(`${one.name.text}.${name.text}`, member, false, commentBefore(tree, part))
        }
      }
    }
  }

  private add(name: string, node: FunctionNode, exported: boolean, docstring: string): void {
    const before = this.functions.get(name)
    this.functions.set(name, {
      node: [...(before?.node ?? []), node],
      exported,
      docstring: `${before?.docstring ?? ''}${docstring}`,
    })
  }

  private link(statement: Node): void {
    const text = this.tree.text.slice(statement.pos, statement.end)
    const [, spec = ''] = /from '([^']+)'/.exec(text) ?? []
    if (!/^[.#]/.test(spec)) return
    const path = spec.startsWith('#') ? spec.slice(1) : posix.join(posix.dirname(this.path), spec)
    if (/export \* from/.test(text)) this.all.push(path)
    for (const one of (/\{([^}]*)\}/.exec(text)?.[1] ?? '').split(',')) {
      const [name = '', local = name] = one
        .replace(/\/\/[^\n]*/g, '')
        .trim()
        .split(' as ')
      if (name !== '' && !name.startsWith('type ')) this.names.set(local, { path, name })
    }
  }
}

/** The modules of these files, by path. */
export const modulesOf = (sources: readonly Source[]): ReadonlyMap<string, Module> =>
  new Map([...treesOf(sources)].map(([path, tree]) => [path, new Module(path, tree)]))
