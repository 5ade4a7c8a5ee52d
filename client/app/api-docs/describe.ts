// Reads the server's own description of its API into what the page shows: operations by feature, with their inputs as
// short lines of type. Pure.

type Json = { readonly [key: string]: unknown }

/** One operation as the page shows it. */
export interface Operation {
  /** `<feature>.<verb>`, as the scopes and the client name it. */
  readonly id: string
  readonly method: string
  readonly path: string
  /** Open to people without a session. */
  readonly open: boolean
  readonly writes: boolean
  /** The least that a token must have; undefined where none opens it. */
  readonly scope: string | undefined
  readonly fields: readonly Field[]
  /** The answer as indented type, such as `{ id: uuid, title: string }`. */
  readonly answer: string
}

/** One input: where it stands and what it takes. */
export interface Field {
  readonly name: string
  readonly where: 'path' | 'query' | 'body'
  readonly required: boolean
  readonly type: string
}

/** The operations of one feature, in order of address. */
export interface Group {
  readonly feature: string
  readonly operations: readonly Operation[]
}

const json = (value: unknown): Json => (typeof value === 'object' && value !== null ? (value as Json) : {})
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])
const text = (value: unknown): string => (typeof value === 'string' ? value : '')

function limits(schema: Json): string {
  const { minimum, maximum, minLength, maxLength } = schema
  const small = typeof maximum === 'number' && maximum < Number.MAX_SAFE_INTEGER
  if (small)
    return typeof minimum === 'number' && minimum > -Number.MAX_SAFE_INTEGER
      ? ` ${minimum}–${maximum}`
      : ` ≤ ${maximum}`
  if (typeof maxLength === 'number') return ` ${typeof minLength === 'number' ? minLength : 0}–${maxLength} characters`
  return ''
}

/** A JSON schema as a line of type; nested objects are indented by two spaces a level. */
export function typeOf(value: unknown, depth = 0): string {
  const schema = json(value)
  if (schema.const !== undefined) return JSON.stringify(schema.const)
  if (Array.isArray(schema.enum)) return schema.enum.map(one => JSON.stringify(one)).join(' | ')
  const choices = list(schema.anyOf ?? schema.oneOf)
  if (choices.length > 0) return [...new Set(choices.map(one => typeOf(one, depth)))].join(' | ')
  switch (schema.type) {
    case 'array': {
      const of = typeOf(schema.items, depth)
      return of.includes(' | ') && !of.startsWith('{') ? `(${of})[]` : `${of}[]`
    }
    case 'object': {
      const inside = Object.entries(json(schema.properties))
      if (inside.length === 0) return '{ }'
      const required = list(schema.required)
      const pad = '  '.repeat(depth + 1)
      const lines = inside.map(
        ([name, one]) => `${pad}${name}${required.includes(name) ? '' : '?'}: ${typeOf(one, depth + 1)}`,
      )
      return `{\n${lines.join('\n')}\n${'  '.repeat(depth)}}`
    }
    case 'string':
      return (text(schema.format) || 'string') + limits(schema)
    case 'integer':
    case 'number':
      return schema.type + limits(schema)
    case undefined:
      return 'any'
    default:
      return text(schema.type)
  }
}

/** The description names the narrowest first. */
const narrowestOf = (security: unknown): string | undefined =>
  list(security)
    .flatMap(way => list(json(way).token))
    .map(text)[0]

function operationOf(path: string, method: string, value: unknown): Operation {
  const one = json(value)
  const parameters = list(one.parameters).map(json)
  const body = json(json(json(json(one.requestBody).content)['application/json']).schema)
  const required = list(body.required)
  const answer = json(json(json(json(one.responses)['200']).content)['application/json']).schema
  return {
    id: text(one.operationId),
    method: method.toUpperCase(),
    path,
    open: list(one.security).some(way => Object.keys(json(way)).length === 0),
    scope: narrowestOf(one.security),
    writes: parameters.some(parameter => parameter.name === 'Idempotency-Key'),
    fields: [
      ...parameters
        .filter(parameter => parameter.in !== 'header')
        .map(parameter => ({
          name: text(parameter.name),
          where: parameter.in === 'path' ? ('path' as const) : ('query' as const),
          required: parameter.required === true,
          type: typeOf(parameter.schema),
        })),
      ...Object.entries(json(body.properties)).map(([name, schema]) => ({
        name,
        where: 'body' as const,
        required: required.includes(name),
        type: typeOf(schema),
      })),
    ],
    answer: typeOf(answer),
  }
}

/** Every operation of an OpenAPI document by feature, in the document's order; those whose id or path holds `words`. */
export function groupsOf(document: unknown, words = ''): readonly Group[] {
  const wanted = words.trim().toLowerCase()
  const groups = new Map<string, Operation[]>()
  for (const [path, methods] of Object.entries(json(json(document).paths))) {
    for (const [method, value] of Object.entries(json(methods))) {
      const operation = operationOf(path, method, value)
      if (!`${operation.id} ${path}`.toLowerCase().includes(wanted)) continue
      const feature = operation.id.slice(0, operation.id.indexOf('.'))
      groups.set(feature, [...(groups.get(feature) ?? []), operation])
    }
  }
  return [...groups].map(([feature, operations]) => ({ feature, operations }))
}

/** A request to try in a terminal. */
export function curlOf(origin: string, { method, path, writes, fields }: Operation): string {
  const body = fields.filter(field => field.where === 'body' && field.required).map(field => [field.name, '…'])
  return [
    `curl -X ${method} "${origin}${path}"`,
    `-H "Authorization: Bearer $LECTERN_TOKEN"`,
    ...(writes ? ['-H "Idempotency-Key: $(uuidgen)"'] : []),
    ...(writes && method !== 'DELETE'
      ? ['-H "Content-Type: application/json"', `-d '${JSON.stringify(Object.fromEntries(body))}'`]
      : []),
  ].join(' \\\n  ')
}

/** A type of message that servers elsewhere are told. */
export interface Told {
  readonly type: string
  /** Its body as indented type, and one of it. */
  readonly body: string
  readonly example: string
}

/** Everything that webhooks send, in the order of the description. */
export const toldOf = (document: unknown): readonly Told[] =>
  Object.entries(json(json(document).webhooks)).map(([type, way]) => {
    const media = json(json(json(json(json(way).post).requestBody).content)['application/json'])
    return { type, body: typeOf(media.schema), example: JSON.stringify(media.example, null, 2) }
  })
