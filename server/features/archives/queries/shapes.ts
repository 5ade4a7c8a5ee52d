// Reads what stands in an archive as the shapes that the features say, of any length: until the first place that does not
// fit, and never so long at a time that others wait. Writes nothing.
import { setImmediate } from 'node:timers/promises'
import * as z from 'zod/mini'
import { demand, Problem } from '#protocol/base/problems.ts'
import { fieldErrors } from '#server/platform/call/dispatcher.ts'
import { formatName, formatVersion, type Manifest, manifestName, manifestShape } from '../rules.ts'

// A hostile part has millions of places that do not fit. The library knows this of itself and does not say it in its types.
const untilFirst: z.core.ParseContextInternal<z.core.$ZodIssue> = { abortEarly: true }

type Place = readonly PropertyKey[]

function readAt<T>(shape: z.core.$ZodType<T>, json: unknown, part: string, at: Place): T {
  const read = z.safeParse(shape, json, untilFirst)
  if (read.success) return read.data
  const [first] = fieldErrors(read.error)
  const path = [...at.map(String), ...(first?.path ? [first.path] : [])].join('.')
  throw new Problem('archive-unfit', { params: { part, path: path || '/' } })
}

/** Things of a list that are read at once. */
const slice = 500

/** Reads a list some things a turn, and what the shape asks of it as a whole at last. */
async function readList(shape: z.core.$ZodArray, json: readonly unknown[], part: string, at: Place): Promise<unknown> {
  const { def } = shape._zod
  const read: unknown[] = []
  for (const [place, one] of json.entries()) {
    read.push(await readSome(def.element, one, part, [...at, place]))
    // Meanwhile this node does what else there is to do.
    if (place % slice === slice - 1) await setImmediate()
  }
  return readAt(z.clone(shape, { ...def, element: z.any() }), read, part, at)
}

const isList = (shape: z.core.$ZodType | undefined): shape is z.core.$ZodArray => shape instanceof z.core.$ZodArray
/** What a part is a list of, and what is a list in each of these things if it is a long one. */
const isWorthIt = (json: unknown, at: Place): json is readonly unknown[] =>
  Array.isArray(json) && (at.length < 2 || json.length > slice)

/** Reads lists some things a turn, and the rest at once. */
async function readSome(shape: z.core.$ZodType, json: unknown, part: string, at: Place): Promise<unknown> {
  if (isList(shape) && isWorthIt(json, at)) return readList(shape, json, part, at)
  if (!(shape instanceof z.core.$ZodObject) || typeof json !== 'object' || json === null)
    return readAt(shape, json, part, at)
  const { def } = shape._zod
  const fields: Record<string, z.core.$ZodType> = {}
  const read: Record<string, unknown> = {}
  for (const [name, list] of Object.entries(json)) {
    const field = Object.hasOwn(def.shape, name) ? def.shape[name] : undefined
    if (!isList(field) || !isWorthIt(list, [...at, name])) continue
    read[name] = await readList(field, list, part, [...at, name])
    fields[name] = z.any()
  }
  if (Object.keys(read).length === 0) return readAt(shape, json, part, at)
  return readAt(z.clone(shape, { ...def, shape: { ...def.shape, ...fields } }), { ...json, ...read }, part, at)
}

/** Reads what stands in an archive as this shape. Throws `archive-unfit` with the first place where it does not fit. */
export const readShape = async <T>(shape: z.core.$ZodType<T>, json: unknown, part: string): Promise<T> =>
  (await readSome(shape, json, part, [])) as T

const versionShape = z.object({ format: z.literal(formatName), version: z.int() })

/** Reads a manifest. Throws `archive-foreign`, `archive-newer` and `archive-unfit`. */
export async function readManifest(json: unknown): Promise<Manifest> {
  const said = z.safeParse(versionShape, json)
  demand(said.success, 'archive-foreign')
  const { version } = said.data
  demand(version <= formatVersion, 'archive-newer', { params: { version } })
  return readShape(manifestShape, json, manifestName)
}
