/** An option that is wrong; the message names it, and shows no secret. */
export class UsageError extends Error {}
