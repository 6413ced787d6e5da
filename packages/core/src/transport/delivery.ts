/**
 * How far the request of one attempt has come. The client makes one for each attempt, the exchange alone writes to it, and
 * everything that has to know whether a request was sent reads it here: so no two of them can disagree.
 */
export interface Delivery {
  /** Whether the first byte may have been handed to a socket; false is certain. */
  isSent: boolean;
  /** Whether a complete response has arrived. */
  isAnswered: boolean;
}

/** Of a request that has not been made. */
export const NOT_SENT: Readonly<Delivery> = { isSent: false, isAnswered: false };
