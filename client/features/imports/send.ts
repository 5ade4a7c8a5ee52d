// Sends the lists of an import in pieces, each a request that can be sent again, and has them checked.
import { request } from '#client/platform/call.ts'
import type { ListText } from '#client/platform/list-file.ts'
import {
  type ImportFiles,
  mostOfImport,
  type PieceSort,
  type SiteImport,
  siteImportRoutes,
  type UnusedColumns,
} from '#protocol/imports.ts'

/** The chosen lists, each with the name of its file. */
export type Lists = Partial<Readonly<Record<PieceSort, ListText & { readonly name: string }>>>

/** Cuts a text into pieces; a letter of two code units is never parted. */
export function piecesOf(text: string, most: number): string[] {
  const pieces: string[] = []
  for (let at = 0; at < text.length; ) {
    let end = Math.min(text.length, at + most)
    const last = text.charCodeAt(end - 1)
    if (end < text.length && last >= 0xd800 && last <= 0xdbff) end -= 1
    pieces.push(text.slice(at, end))
    at = end
  }
  return pieces
}

/** The longest name of a file that is told. */
const longestName = 200

/** What the files are called, as far as it can be told: no letters that only steer, and not without end. */
function filesOf(lists: Lists): ImportFiles {
  const files: Partial<Record<PieceSort, string>> = {}
  for (const [sort, list] of Object.entries(lists) as [PieceSort, ListText & { readonly name: string }][]) {
    const name = list.name.slice(0, longestName).replace(/\p{C}/gu, '').trim()
    if (name !== '') files[sort] = name
  }
  return files
}

/** Begins an import of these lists; answers it checked, with the columns of which nothing is made. */
export async function sendLists(lists: Lists): Promise<{ import: SiteImport; unused: UnusedColumns[] }> {
  const { id: importId } = (await request(siteImportRoutes.create, { files: filesOf(lists) })).import
  for (const sort of ['people', 'enrolments', 'classes'] as const) {
    const pieces = piecesOf(lists[sort]?.text ?? '', mostOfImport.pieceCharacters)
    for (const [place, text] of pieces.entries())
      await request(siteImportRoutes.addPiece, { importId, sort, place, text })
  }
  return request(siteImportRoutes.check, { importId })
}
