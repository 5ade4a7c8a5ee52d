// Ids of writes, made by the client: UUIDv7 from getRandomValues, which is there over plain http too, where
// crypto.randomUUID is not.
import { v7 } from 'uuid'
import type { OperationId } from '#protocol/base/ids.ts'

/** A fresh operation id, in order of time. */
export const newOperationId = (): OperationId => v7() as OperationId
