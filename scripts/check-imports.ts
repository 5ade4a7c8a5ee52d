// The import rules: protocol stands alone, client and server do not mix, features import downwards and through
// the index only, rules stand on nothing but rules. Pure: takes file texts, answers violations.

import { posix } from 'node:path'

export interface Source {
  /** Path from the root of the repository, with forward slashes. */
  path: string
  text: string
}

export interface Violation {
  path: string
  what: string
}

export const isTest = (path: string): boolean =>
  /\.(test|story|fixture)\.tsx?$/.test(path) || path.startsWith('server/test/') || path.startsWith('client/e2e/')

/** A file's text without what is said in comments. */
export const withoutComments = (text: string): string =>
  text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/[^\n]*/g, '$1')

/** Every module a file names: in import and export declarations and in import(). */
export function importsOf(text: string): string[] {
  const found: string[] = []
  const forms =
    /(?:^|[\n;])\s*(?:import|export)\b[^'"`;]*?from\s*['"]([^'"]+)['"]|(?:^|[\n;])\s*import\s*['"]([^'"]+)['"]|\bimport\s*\(\s*['"]([^'"]+)['"]/g
  for (const [, from, bare, called] of withoutComments(text).matchAll(forms)) found.push(from ?? bare ?? called ?? '')
  return found
}

/** The modules of which a file takes more than types. */
function valueImportsOf(text: string): string[] {
  const form = /(?:^|[\n;])\s*(?:import|export)\s+([^'"`;]*?)\s*from\s*['"]([^'"]+)['"]/g
  const isType = (name: string) => name.trim() === '' || name.trim().startsWith('type ')
  return [...withoutComments(text).matchAll(form)].flatMap(([, what = '', from = '']) => {
    const names = /^\{([^}]*)\}$/.exec(what)?.[1]
    return isType(what) || names?.split(',').every(isType) ? [] : [from]
  })
}

// Where an import leads: a path of ours, or the package's name as it is written.
type Target = { ours: string } | { package: string }

const targetOf = (path: string, specifier: string): Target => {
  if (specifier.startsWith('#')) return { ours: specifier.slice(1) }
  if (specifier.startsWith('.')) return { ours: posix.join(posix.dirname(path), specifier) }
  return { package: specifier }
}

/**
 * The features and integrations in their order, as paths of folders, read from the text of server/features.ts:
 * the array `features`, whose names are looked up in the file's imports.
 */
export function featureOrder(text: string): string[] {
  const clean = withoutComments(text)
  const list = /\bfeatures\b[^=]*=\s*\[([^\]]*)\]/.exec(clean)?.[1] ?? ''
  const folders = new Map<string, string>()
  for (const [, names, from] of clean.matchAll(/import\s*\{([^}]*)\}\s*from\s*['"]([^'"]+)['"]/g)) {
    const folder = /(?:server|\.)\/((?:features|integrations)\/[\w-]+)\/index\.ts$/.exec(from ?? '')?.[1]
    if (folder === undefined) continue
    for (const name of (names ?? '').split(',')) {
      const local =
        name
          .trim()
          .split(/\s+as\s+/)
          .at(-1) ?? ''
      if (local !== '' && !name.trim().startsWith('type ')) folders.set(local, `server/${folder}`)
    }
  }
  return list
    .split(',')
    .map(name => name.trim())
    .filter(name => name !== '')
    .map(name => folders.get(name) ?? `server/features/${name}`)
}

const serverPackages =
  /^(node:.*|koa|@koa\/.*|pg|pg-boss|sequelize|umzug|ioredis|socket\.io|@socket\.io\/.*|pino|prom-client|rate-limiter-flexible|@node-rs\/.*|co-body|ws|nodemailer|sharp|esbuild)$/
const clientPackages =
  /^(preact(\/.*)?|@preact\/.*|preact-iso|idb|lucide-preact(\/.*)?|socket\.io-client|vite|@tiptap\/.*|uplot|@floating-ui\/.*|@zag-js\/.*)$/
// Bots and checks speak to a node as a browser does.
const mayBeAClient = /^server\/(cli|seeds|test)\//

const featureOf = (path: string): string | null => /^server\/(?:features|integrations)\/[\w-]+/.exec(path)?.[0] ?? null

function ofProtocol(target: Target): string | null {
  if ('package' in target) {
    return /^zod(\/mini)?$/.test(target.package)
      ? null
      : `protocol imports ${target.package}: only zod is allowed there`
  }
  return target.ours.startsWith('protocol/') ? null : `protocol imports ${target.ours}: it knows nothing but itself`
}

function ofClient(target: Target, path: string): string | null {
  if ('package' in target) {
    return serverPackages.test(target.package) ? `client imports the server's package ${target.package}` : null
  }
  if (target.ours.startsWith('server/')) return `client imports ${target.ours}`
  if (path.startsWith('client/ui/') && target.ours.startsWith('client/features/')) {
    return `the component kit imports ${target.ours}: it knows no feature`
  }
  return null
}

function ofServer(target: Target, path: string, order: readonly string[]): string | null {
  if ('package' in target) {
    const wrong = clientPackages.test(target.package) && !mayBeAClient.test(path)
    return wrong ? `server imports the client's package ${target.package}` : null
  }
  if (target.ours.startsWith('client/')) return `server imports ${target.ours}`
  const to = featureOf(target.ours)
  const from = featureOf(path)
  if (to === null || to === from) {
    const outside = /^server\/(main|features)\.ts$/.test(target.ours) || /^server\/(cli|seeds|test)\//.test(target.ours)
    return from !== null && outside ? `a feature imports ${target.ours}, which is above every feature` : null
  }
  if (/^server\/(platform|migrations)\//.test(path)) return `${path.split('/')[1]} imports the feature ${to}`
  if (target.ours !== `${to}/index.ts`)
    return `imports ${target.ours}: other features are reached through their index only`
  if (from === null) return null
  const [low, high] = [order.indexOf(to), order.indexOf(from)]
  return low < high ? null : `imports ${to}, which is not below ${from} in server/features.ts`
}

const rulesFile = /^server\/features\/[\w-]+\/rules(\.ts$|\/)/

// What is decided by plain data alone takes of other features, and of what reads and writes, no more than types.
function ofRules(target: Target, path: string): string | null {
  if ('package' in target || featureOf(target.ours) === null) return null
  const own = featureOf(target.ours) === featureOf(path) && rulesFile.test(target.ours)
  return own ? null : `rules take more than types from ${target.ours}: they are pure`
}

/** Breaches of the import rules in `sources`; `order` comes from featureOrder. Tests are left alone. */
export function checkImports(sources: readonly Source[], order: readonly string[]): Violation[] {
  const violations: Violation[] = []
  const unlisted = new Set<string>()
  for (const { path, text } of sources) {
    const feature = featureOf(path)
    if (feature !== null && !order.includes(feature)) unlisted.add(feature)
    if (isTest(path) || !/\.tsx?$/.test(path)) continue
    const rule = { protocol: ofProtocol, client: ofClient, server: ofServer }[path.split('/')[0] ?? '']
    if (rule === undefined) continue
    for (const specifier of rulesFile.test(path) ? valueImportsOf(text) : []) {
      const what = ofRules(targetOf(path, specifier), path)
      if (what !== null) violations.push({ path, what })
    }
    for (const specifier of importsOf(text)) {
      const what = rule(targetOf(path, specifier), path, order)
      if (what !== null) violations.push({ path, what })
    }
  }
  for (const path of unlisted) violations.push({ path, what: 'is not in the list of server/features.ts' })
  return violations
}
