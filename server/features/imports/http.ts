// The doors of imports: for administrators alone.
import { demand } from '#protocol/base/problems.ts'
import type { siteImportRoutes } from '#protocol/imports.ts'
import type { Handlers } from '#server/platform/feature.ts'
import { addPiece, checkImport, createImport } from './actions/prepare.ts'
import { cancelImport, startImport } from './actions/run.ts'
import { undoImport } from './actions/undo.ts'
import { listErrorGroups, listErrors } from './queries/errors.ts'
import { listImports, listTaken, listWaiting, readImport } from './queries/imports.ts'
import { mayImport } from './rules/states.ts'

export const httpHandlers: Handlers<typeof siteImportRoutes> = {
  create: async (ctx, { files }) => {
    demand(mayImport(ctx.who) && ctx.who.kind === 'account')
    return { import: await createImport(ctx, ctx.who.accountId, files) }
  },
  addPiece: async (ctx, input) => {
    demand(mayImport(ctx.who))
    await addPiece(ctx, input)
    return {}
  },
  check: async (ctx, { importId }) => {
    demand(mayImport(ctx.who))
    return checkImport(ctx, importId)
  },
  run: async (ctx, { importId }) => {
    demand(mayImport(ctx.who))
    return { import: await startImport(ctx, importId) }
  },
  cancel: async (ctx, { importId }) => {
    demand(mayImport(ctx.who))
    return { import: await cancelImport(ctx, importId) }
  },
  undo: async (ctx, { importId }) => {
    demand(mayImport(ctx.who))
    return { import: await undoImport(ctx, importId) }
  },
  get: async (ctx, { importId }) => {
    demand(mayImport(ctx.who))
    return { import: await readImport(ctx, importId) }
  },
  rows: async (ctx, input) => {
    demand(mayImport(ctx.who))
    return listTaken(ctx, input)
  },
  list: async (ctx, input) => {
    demand(mayImport(ctx.who))
    return listImports(ctx, input)
  },
  waiting: async (ctx, input) => {
    demand(mayImport(ctx.who))
    return listWaiting(ctx, input)
  },
  errors: async (ctx, input) => {
    demand(mayImport(ctx.who))
    return listErrors(ctx, input)
  },
  errorGroups: async (ctx, { importId }) => {
    demand(mayImport(ctx.who))
    return { items: await listErrorGroups(ctx, importId) }
  },
}
