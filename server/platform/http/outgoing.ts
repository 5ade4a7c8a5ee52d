// Asking servers elsewhere: the one way out. Whom to ask is named by administrators alone, never by what a request says; a
// redirect is not followed, nothing waits longer than five seconds or reads more than half a megabyte.
export const outgoingLimits = { patienceMs: 5_000, mostBytes: 512 * 1024 }

/** Nothing that could be read came back: no answer, too late, too long, sent elsewhere or refused. */
export class OutsideAway extends Error {}

/** GETs an address and answers its body as text. Throws `OutsideAway` for everything but a short 200 in time. */
export async function askOutside(address: string): Promise<string> {
  try {
    const response = await fetch(address, {
      redirect: 'manual',
      signal: AbortSignal.timeout(outgoingLimits.patienceMs),
      headers: { accept: '*/*' },
    })
    if (response.status !== 200) {
      await response.body?.cancel()
      throw new OutsideAway(`status ${response.status}`)
    }
    return await bodyOf(response)
  } catch (error) {
    if (error instanceof OutsideAway) throw error
    throw new OutsideAway(error instanceof Error ? error.name : 'no answer')
  }
}

async function bodyOf(response: Response): Promise<string> {
  const parts: Uint8Array[] = []
  let length = 0
  for await (const part of response.body ?? []) {
    length += part.byteLength
    // Leaving the loop lets go of the connection.
    if (length > outgoingLimits.mostBytes) throw new OutsideAway('too long')
    parts.push(part)
  }
  return Buffer.concat(parts).toString('utf8')
}
