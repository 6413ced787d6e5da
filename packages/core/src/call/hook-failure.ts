/** `onRequest` failed, or gave what cannot be sent. */
export class HookFailure {
  readonly message: string;
  readonly cause: unknown;

  constructor(message: string, cause?: unknown) {
    this.message = message;
    this.cause = cause;
  }
}
