// An import as an administrator brings it in: sent, checked, run and taken back, each waited for.
import { type ImportId, mostOfImport, type PieceSort, type SiteImport, siteImportRoutes } from '#protocol/imports.ts'
import type { TestClient } from '#server/test/test-client.ts'
import { waitFor } from '#server/test/wait-for.ts'

/** What `boss`, an administrator, does with imports. */
export function importing(boss: TestClient) {
  const get = async (importId: ImportId) => (await boss.request(siteImportRoutes.get, { importId })).import
  const until = async (importId: ImportId, state: SiteImport['state']) => {
    await waitFor(async () => (await get(importId)).state === state, state, 120_000)
    return get(importId)
  }
  return {
    get,
    /** Waits until it is in that state. */
    until,
    async check(lists: Partial<Record<PieceSort, string>>): Promise<SiteImport> {
      const { id: importId } = (await boss.request(siteImportRoutes.create)).import
      for (const [sort, text] of Object.entries(lists))
        for (let at = 0, place = 0; at < text.length; at += mostOfImport.pieceCharacters, place++)
          await boss.request(siteImportRoutes.addPiece, {
            ...{ importId, sort: sort as PieceSort, place },
            text: text.slice(at, at + mostOfImport.pieceCharacters),
          })
      return (await boss.request(siteImportRoutes.check, { importId })).import
    },
    async run(importId: ImportId, state: SiteImport['state']): Promise<SiteImport> {
      await boss.request(siteImportRoutes.run, { importId })
      return until(importId, state)
    },
    async undo(importId: ImportId): Promise<SiteImport> {
      await boss.request(siteImportRoutes.undo, { importId })
      return until(importId, 'undone')
    },
    /** Which rows are not taken, and why. */
    reasons: async (importId: ImportId) =>
      (await boss.request(siteImportRoutes.errors, { importId })).items.map(row => [row.sort, row.line, row.error]),
  }
}
