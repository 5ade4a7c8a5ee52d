// The only place that asks the routes of webhooks, and follows their scope.
import { useEffect } from 'preact/hooks'
import { request } from '#client/platform/call.ts'
import { useScope } from '#client/platform/use-scope.ts'
import type { InputBefore } from '#protocol/base/call.ts'
import { type EndpointId, type MessageState, webhookRoutes, webhooksId, webhooksScope } from '#protocol/webhooks.ts'

type Asked<V extends keyof typeof webhookRoutes> = InputBefore<(typeof webhookRoutes)[V]>

export const listEndpoints = () => request(webhookRoutes.list, {})
export const getEndpoint = (endpointId: EndpointId) => request(webhookRoutes.get, { endpointId })
export const createEndpoint = (input: Asked<'create'>) => request(webhookRoutes.create, input)
export const changeEndpoint = (input: Asked<'change'>) => request(webhookRoutes.change, input)
export const rotateSecret = (endpointId: EndpointId) => request(webhookRoutes.rotate, { endpointId })
export const pauseEndpoint = (endpointId: EndpointId) => request(webhookRoutes.pause, { endpointId })
export const resumeEndpoint = (endpointId: EndpointId) => request(webhookRoutes.resume, { endpointId })
export const removeEndpoint = (endpointId: EndpointId) => request(webhookRoutes.remove, { endpointId })
export const restoreEndpoint = (endpointId: EndpointId) => request(webhookRoutes.restore, { endpointId })
export const testEndpoint = (endpointId: EndpointId) => request(webhookRoutes.test, { endpointId })
export const replayMessages = (input: Asked<'replay'>) => request(webhookRoutes.replay, input)
export const getMessage = (of: Asked<'message'>) => request(webhookRoutes.message, of)
export const sendMessage = (of: Asked<'send'>) => request(webhookRoutes.send, of)

interface Sought {
  readonly endpointId: EndpointId
  readonly state: MessageState | ''
  readonly type: string
  readonly limit: number
}

/** A page of an endpoint's messages; an empty state or type is any. */
export const listMessages = ({ endpointId, state, type, limit }: Sought, after: string | undefined) =>
  request(webhookRoutes.messages, {
    ...{ endpointId, limit },
    ...(state === '' ? {} : { state }),
    ...(type === '' ? {} : { type }),
    ...(after === undefined ? {} : { after }),
  })

/** What comes in this time is read once. */
const gatherMs = 300

/** Reads again when an endpoint is another one or messages move, and after the connection was away. */
export function useMoves(reload: () => void): void {
  const scope = useScope(webhooksScope, webhooksId)
  const { moved } = scope.fleeting.value
  const head = scope.head.value
  const here = scope.status.value !== 'stale'
  useEffect(() => {
    if (!here) return
    const timer = setTimeout(reload, gatherMs)
    return () => clearTimeout(timer)
  }, [here, moved, head])
}
