/** A request to a route of the mock that cannot be done as it is; the message says why. */
export class WrongRequest extends Error {}
