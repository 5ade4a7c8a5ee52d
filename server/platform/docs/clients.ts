// Binds Yjs client ids to accounts: whoever used one first in a document owns what is written under it. Written before
// the first update under the id goes on to anybody; never changed afterwards.
import type { Sql } from '../ctx.ts'

/** Notes the first user of each client id of a document; answers whose they are. One statement. */
export async function bindClients(
  sql: Sql,
  documentId: string,
  accountId: string,
  clients: readonly number[],
): Promise<Map<number, string>> {
  await sql(
    `insert into document_clients (document_id, client_id, account_id)
     select $1, c, $2 from unnest($3::bigint[]) as c order by c on conflict do nothing`,
    [documentId, accountId, clients],
  )
  const rows = await sql<{ client_id: string; account_id: string }>(
    'select client_id, account_id from document_clients where document_id = $1 and client_id = any($2::bigint[])',
    [documentId, clients],
  )
  return new Map(rows.map(row => [Number(row.client_id), row.account_id]))
}
