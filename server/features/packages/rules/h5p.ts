// What a package of H5P says of itself (h5p.org, "Package Definition" and "Library Definition"): h5p.json names the content type and
// the libraries it needs, each library.json its scripts and what it needs in turn. All of it must be in the package. Pure.
import * as z from 'zod/mini'
import type { Refused } from '#server/features/files/index.ts'
import { keyOf, shown } from './entries.ts'
import { inside, lineOf, type ReadPackage, unescaped } from './manifest.ts'

export const h5pPath = 'h5p.json'
export const contentPath = 'content/content.json'
/** Bytes of a library.json at most. */
export const largestLibrary = 1000 ** 2
/** Of what is published the largest have some sixty. */
export const tooManyLibraries = 300

/** What the one part of such a package is called. */
const partId = 'content'

const name = z.string().check(z.maxLength(255), z.regex(/^[\w-]+(\.[\w-]+)*$/))
// Older tools write numbers as text.
const figure = z.union([z.int().check(z.minimum(0), z.maximum(99_999)), z.string().check(z.regex(/^\d{1,5}$/))])
const needed = z.object({ machineName: name, majorVersion: figure, minorVersion: figure })
type Needed = z.infer<typeof needed>
const many = z.array(needed).check(z.maxLength(tooManyLibraries))
const files = z._default(z.array(z.object({ path: z.string().check(z.minLength(1)) })).check(z.maxLength(1_000)), [])

const packageShape = z.object({
  title: z._default(z.string(), ''),
  mainLibrary: name,
  preloadedDependencies: many.check(z.minLength(1)),
})
const libraryShape = z.object({
  runnable: z._default(z.union([z.int(), z.boolean(), z.string()]), 0),
  preloadedDependencies: z._default(many, []),
  preloadedJs: files,
  preloadedCss: files,
})

const called = ({ machineName, majorVersion, minorVersion }: Needed): string =>
  `${machineName}-${majorVersion}.${minorVersion}`

/** Where a library stands; older packages have folders without versions. */
const pathOf = (one: Needed, versioned: boolean): string => `${versioned ? called(one) : one.machineName}/library.json`

/** The paths of libraries, or the first that is not there. */
function pathsOf(all: readonly Needed[], versioned: boolean, keys: ReadonlySet<string>): string[] | Refused {
  const missing = all.find(one => !keys.has(keyOf(pathOf(one, versioned))))
  return missing ? { refused: 'library-missing', at: called(missing) } : all.map(one => pathOf(one, versioned))
}

export interface ReadH5p {
  readonly package: ReadPackage
  /** Whether folders of libraries carry their version: all or none, as the player takes them. */
  readonly versioned: boolean
  /** Where the library.json of the content type is, and those of all that h5p.json names. */
  readonly main: string
  readonly libraries: readonly string[]
}

/** Reads h5p.json; `keys`: of the files that are there. Or why it is not played. */
export function readH5p(json: unknown, keys: ReadonlySet<string>): ReadH5p | Refused {
  const read = packageShape.safeParse(json)
  if (!read.success) return { refused: 'file-unread', at: h5pPath }
  const { title, mainLibrary, preloadedDependencies: all } = read.data
  const [first] = all
  const main = all.find(one => one.machineName === mainLibrary)
  if (!first || !main) return { refused: 'library-missing', at: mainLibrary }
  const versioned = keys.has(keyOf(pathOf(first, true)))
  const libraries = pathsOf(all, versioned, keys)
  if ('refused' in libraries) return libraries
  const shownTitle = lineOf(title, mainLibrary)
  const only = { id: partId, title: shownTitle, depth: 0, kind: 'sco', href: h5pPath, mastery: null, launchData: '' }
  return {
    package: { form: 'h5p', title: shownTitle, parts: [{ ...only, kind: 'sco' }] },
    ...{ versioned, main: pathOf(main, versioned), libraries },
  }
}

interface OfLibrary {
  /** Where its library.json is. */
  readonly path: string
  readonly keys: ReadonlySet<string>
  readonly versioned: boolean
  /** Whether it is the content type itself, which can be run. */
  readonly main: boolean
}

/** Reads a library.json: which further ones it needs. Or why the package is not played. */
export function readLibrary(
  json: unknown,
  { path, keys, versioned, main }: OfLibrary,
): { readonly libraries: readonly string[] } | Refused {
  const read = libraryShape.safeParse(json)
  if (!read.success) return { refused: 'file-unread', at: shown(path) }
  const { runnable, preloadedDependencies, preloadedJs, preloadedCss } = read.data
  if (main && Number(runnable) !== 1) return { refused: 'nothing-to-play' }
  const folder = path.slice(0, path.lastIndexOf('/') + 1)
  for (const one of [...preloadedJs, ...preloadedCss]) {
    const where = inside(folder, one.path)
    if (!where) return { refused: 'part-elsewhere', at: shown(one.path) }
    if (!keys.has(keyOf(unescaped(where.path)))) return { refused: 'part-missing', at: shown(folder + one.path) }
  }
  const libraries = pathsOf(preloadedDependencies, versioned, keys)
  return 'refused' in libraries ? libraries : { libraries }
}
