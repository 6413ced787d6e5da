/** What the service answers if it does not take the credentials, though it may have taken them before. */
const CODES: ReadonlySet<string> = new Set([
  'AuthFailure.TokenFailure',
  'AuthFailure.SecretIdNotFound',
  'AuthFailure.SignatureFailure',
]);

/**
 * Whether an error code of the service may mean that the credentials have changed since they were fetched: keys that were
 * rotated in a file or in the environment, or a token that was withdrawn. Then it may help to replace them.
 */
export function mayBeReplaced(code: string): boolean {
  return CODES.has(code);
}
