/** A command line that is wrong. The message says how, in one line. */
export class UsageError extends Error {
  /** The command whose help says more; undefined for that of the program. */
  readonly command: string | undefined;

  constructor(message: string, command?: string) {
    super(message);
    this.command = command;
  }
}
