// Whether the database could not be reached, or went away in the middle: then nobody's question is to blame.

const network = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EHOSTUNREACH', 'EAI_AGAIN'])

// What pg and its pool say without a code.
const driverWords =
  /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|Client was closed)/

/**
 * True for errors of the connection: those of the network, the pool's when it has none to give, and the server's classes 08
 * (connection), 53 (out of resources) and 57P (going down or not up yet), as in PostgreSQL's appendix A.
 */
export function lostDatabase(thrown: unknown): boolean {
  const seen = thrown as { code?: unknown; message?: unknown; syscall?: unknown; original?: unknown } | undefined
  if (seen?.original !== undefined) return lostDatabase(seen.original)
  const { code, message, syscall } = seen ?? {}
  if (typeof code === 'string' && (network.has(code) || /^(08|53|57P)/.test(code))) return true
  // The socket's file is away for a moment while a server starts.
  if (code === 'ENOENT' && syscall === 'connect') return true
  return typeof message === 'string' && driverWords.test(message)
}
