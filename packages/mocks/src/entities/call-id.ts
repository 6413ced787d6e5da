/** Which call a session id is of. */
export interface CallKey {
  readonly id: number;
  readonly index: number;
  readonly attempt: number;
}

const SESSION = /^([0-9a-f]{8})-([0-9a-f]{4})-40([0-9a-f]{2})-8([0-9a-f]{3})-([0-9a-f]{12})$/;

/** The session id of a call to an item of an entity: the same each time, and of no other. */
export function sessionId({ id, index, attempt }: CallKey): string {
  const hex = id.toString(16).padStart(14, '0');
  const [times, last] = [attempt.toString(16).padStart(3, '0'), index.toString(16).padStart(12, '0')];
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-40${hex.slice(12)}-8${times}-${last}`;
}

/** The call of a session id; undefined if no such id was ever made. */
export function callOfSession(session: string): CallKey | undefined {
  const match = SESSION.exec(session);
  if (match === null) return undefined;
  const [, high, middle, low, attempt, index] = match as unknown as [
    string,
    string,
    string,
    string,
    string,
    string,
  ];
  const [id, ...others] = [high + middle + low, index, attempt].map((hex) => Number.parseInt(hex, 16));
  return { id: id!, index: others[0]!, attempt: others[1]! };
}
