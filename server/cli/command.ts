// What a command of `lectern` is. Each has a file of its own here and a line in main.ts; nothing is
// registered before it works.

export interface Command {
  /** The word after `lectern`. */
  name: string
  /** One line for the list of commands. */
  summary: string
  /** What `--help` prints: usage, options, an example. */
  help: string
  /** Runs it with the words after its name; answers the exit code. */
  run(args: string[]): Promise<number>
}

/** Something the person at the terminal did or can mend: printed as it stands, without a stack. */
export class CommandError extends Error {
  override readonly name = 'CommandError'
}
