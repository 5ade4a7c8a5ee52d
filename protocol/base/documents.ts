// Documents on the wire: Yjs spoken at /collab/<documentId> as the stock `y-websocket` client does, one message a binary
// WebSocket frame. What is ours is added beside it and only said to those who ask for it.

/** Documents open below this path; the rest of it is the document's id. */
export const collabPath = '/collab/'

/**
 * Asks for our own messages: `new WebsocketProvider(origin + '/collab', id, doc, { params: { extended: '1' } })`.
 * Without it only stock messages are sent, since a stock client complains of others.
 */
export const extendedParam = 'extended'

/** The first number (a lib0 varUint) of a message. 0 to 3 are those of y-protocols. */
export const documentMessage = {
  sync: 0,
  awareness: 1,
  auth: 2,
  queryAwareness: 3,
  /**
   * Server to client, two varUints: `upTo` and `refused`. Of the messages of this connection that carried an update
   * (sync step 2 and sync update, an empty one too, counted from 1) the first `upTo` are decided: committed in
   * PostgreSQL, all but `refused` of them, which changed nothing. Nothing is unsaved when `upTo` is what was sent and
   * `refused` is 0.
   */
  saved: 100,
  /** Server to client, one varUint: 1 when this connection may write, 0 when it may only read. First of all, and at each change. */
  rights: 101,
} as const

/** Why the server closes. The stock client comes back by itself after 45xx and stays away after 44xx. */
export const documentClose = {
  /** A frame that is no message of the protocol, one with a subdocument in it, or an update no database would take. */
  malformed: 4400,
  /** Nobody is signed in, or the session ended. */
  notSignedIn: 4401,
  /** There is no such document any more, or the reader may not know of it. */
  gone: 4404,
  /** A message, or the whole document with it, is larger than `documentLimits` allow. */
  tooLarge: 4413,
  /** This node takes no more connections to this document. */
  crowded: 4513,
  /** More messages than `documentLimits` allow, or a reader too slow for what is written. */
  tooFast: 4529,
  /** The node goes away, or lost something and starts anew: come back at once, elsewhere. */
  move: 4503,
} as const

export const documentLimits = {
  /** Bytes of one message to the server. */
  message: 1024 * 1024,
  /** Bytes of a stored document, roughly: a note of this size is several books. */
  document: 8 * 1024 * 1024,
  /** Messages of a connection a second in the long run, and at once after a pause. */
  perSecond: 60,
  burst: 400,
  /** Bytes of a connection a second in the long run, and at once after a pause. */
  bytesPerSecond: 256 * 1024,
  burstBytes: 4 * 1024 * 1024,
  /** Connections to one document on one node. */
  connections: 2_000,
  /** Cursors a document shows; the latest to move. */
  cursors: 50,
  /** Bytes of one cursor as JSON. */
  cursor: 1_000,
} as const
