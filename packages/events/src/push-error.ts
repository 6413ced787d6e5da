/** What is wrong with a push. */
export type PushFault =
  /** The body is not JSON. */
  | 'NotJson'
  /** The body is JSON, but no object: a list, a text, a number or null. */
  | 'NotAnObject'
  /** Its type needs a field that it lacks. */
  | 'Incomplete'
  /** The body is longer than the receiver takes. */
  | 'TooLarge'
  /** It is not a POST. */
  | 'NotPost'
  /** User name and password are missing or wrong. */
  | 'Unauthorized'
  /** It is about another application, or does not say about which. */
  | 'OtherApplication'
  /** The same push is being handled by another process. */
  | 'InProgress'
  /** The handler, or the store of what was seen, failed. */
  | 'NotHandled';

/**
 * A push that cannot be taken. Its message holds nothing of what came.
 *
 * @example
 * if (error instanceof PushError && error.code === 'NotJson') console.error(error.message);
 */
export class PushError extends Error {
  override readonly name = 'PushError';
  readonly code: PushFault;

  constructor(code: PushFault, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
