// The one error of the embedded database: a sentence that tells the operator what is so and what to do.
// The command line prints it as it stands, without a stack.

/** What stands in the way of the embedded database, in plain words. */
export class EmbeddedError extends Error {
  override readonly name: string = 'EmbeddedError'
}

/** Another living process owns the data folder; `pid` is its process id when it is known. */
export class AlreadyRunning extends EmbeddedError {
  override readonly name = 'AlreadyRunning'
  readonly pid: number | null

  constructor(folder: string, pid: number | null) {
    super(
      `Lectern is already running on the data in ${folder}${pid === null ? '' : ` (process ${pid})`}; nothing was changed`,
    )
    this.pid = pid
  }
}
