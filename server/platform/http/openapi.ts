// OpenAPI 3.1 made from the routes' own schemas; nothing is described by hand.
import * as z from 'zod/mini'
import { apiBase, bytesType } from '#protocol/base/call.ts'
import { scopesOfCall } from '#protocol/base/reach.ts'
import type { Binding, ToldType } from '../feature.ts'

const jsonSchema = (schema: z.core.$ZodType, io: 'input' | 'output'): Record<string, unknown> =>
  z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as Record<string, unknown>

/** What is told to servers elsewhere, by its type. */
const describeTold = (told: readonly ToldType[]) =>
  Object.fromEntries(
    told.map(({ type, body, example }) => [
      type,
      {
        post: {
          operationId: type,
          description:
            'Signed as https://www.standardwebhooks.com says, in the headers webhook-id, -timestamp and -signature.',
          requestBody: { content: { 'application/json': { schema: jsonSchema(body, 'output'), example } } },
          responses: { '2XX': { description: 'It has arrived. Anything else is tried again.' } },
        },
      },
    ]),
  )

// Only where somebody signed in asks: what is open to all has budgets of its own, which are told when they are spent.
const allowanceHeaders = {
  RateLimit: { $ref: '#/components/headers/RateLimit' },
  'RateLimit-Policy': { $ref: '#/components/headers/RateLimit-Policy' },
}

function describeTokens(spec: Binding['spec']): string {
  const [scope] = scopesOfCall(spec)
  return scope === undefined ? 'No token may call this.' : `A token needs the scope ${scope}.`
}

/** The document served at /api/v1/openapi.json. */
export function describeApi(bindings: readonly Binding[], told: readonly ToldType[]) {
  const paths: Record<string, Record<string, unknown>> = {}
  for (const { spec } of bindings) {
    if (!spec.method || !spec.path) continue
    const names = [...spec.path.matchAll(/:(\w+)/g)].map(match => match[1])
    const path = `${apiBase}${spec.path.replace(/:(\w+)/g, '{$1}')}`
    const input = jsonSchema(spec.input, 'input') as { properties?: Record<string, unknown>; required?: string[] }
    const fields = Object.entries(input.properties ?? {}).filter(([name]) => !names.includes(name))
    const takesBytes = spec.takes === 'bytes'
    const hasBody = spec.method !== 'GET' && fields.length > 0 && !takesBytes
    paths[path] ??= {}
    paths[path][spec.method.toLowerCase()] = {
      operationId: spec.name,
      tags: [spec.name.slice(0, spec.name.indexOf('.'))],
      description: describeTokens(spec),
      // Any one of them is enough.
      security: [
        ...(spec.who === 'anyone' ? [{}] : []),
        { session: [] },
        ...scopesOfCall(spec).map(scope => ({ token: [scope] })),
      ],
      parameters: [
        ...names.map(name => ({ name, in: 'path', required: true, schema: { type: 'string' } })),
        ...(hasBody ? [] : fields.map(([name, schema]) => ({ name, in: 'query', required: false, schema }))),
        ...(spec.kind === 'write'
          ? [
              {
                name: 'Idempotency-Key',
                in: 'header',
                required: spec.who === 'account',
                schema: { type: 'string', format: 'uuid' },
              },
            ]
          : []),
      ],
      ...(hasBody
        ? {
            requestBody: {
              required: true,
              content: {
                'application/json': {
                  schema: {
                    ...input,
                    properties: Object.fromEntries(fields),
                    required: (input.required ?? []).filter(name => !names.includes(name)),
                  },
                },
              },
            },
          }
        : {}),
      ...(takesBytes
        ? {
            requestBody: { required: true, content: { [bytesType]: { schema: { type: 'string', format: 'binary' } } } },
          }
        : {}),
      responses: {
        200: {
          description: 'Done',
          headers: allowanceHeaders,
          content: { 'application/json': { schema: jsonSchema(spec.output, 'output') } },
        },
        429: { $ref: '#/components/responses/SlowDown' },
        default: { description: 'A problem (RFC 9457)', content: { 'application/problem+json': {} } },
      },
    }
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Lectern', version: '1' },
    components: {
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: '__Host-lectern' },
        token: {
          type: 'http',
          scheme: 'bearer',
          description:
            'An access token, made on the page You. What each operation names beside it is the scope the token must have.',
        },
      },
      headers: {
        RateLimit: {
          description:
            'What may still be asked, and the seconds until all of it is there again, for each budget (draft-ietf-httpapi-ratelimit-headers-10).',
          schema: { type: 'string' },
          example: '"token";r=120;t=7,"account";r=480;t=7',
        },
        'RateLimit-Policy': {
          description:
            'How many calls in how many seconds each budget holds: the token, all tokens of its person, or the browser (draft-ietf-httpapi-ratelimit-headers-10).',
          schema: { type: 'string' },
          example: '"token";q=200;w=10,"account";q=600;w=10',
        },
        'Retry-After': { description: 'Seconds to wait.', schema: { type: 'integer' } },
      },
      responses: {
        SlowDown: {
          description: 'Too many calls: a problem (RFC 9457) with the code slow-down.',
          headers: { ...allowanceHeaders, 'Retry-After': { $ref: '#/components/headers/Retry-After' } },
          content: { 'application/problem+json': {} },
        },
      },
    },
    paths,
    webhooks: describeTold(told),
  }
}
