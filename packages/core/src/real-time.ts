import * as timers from 'node:timers';

/**
 * Timers of this machine, as they were when the package was loaded. Tests put fake ones in the place of the global ones; what
 * waits for the network, or for a turn of the event loop, would wait for those for ever.
 */
export const realTime = { ...timers };
