import { ask } from './api.js';
import type { MockInfo } from './api.js';
import { isConnected, mock, readNews } from './state.js';

/** How often the page asks for news, in milliseconds; and if the mock does not answer. */
const PAUSE_MS = 500;
const PAUSE_AFTER_FAILURE_MS = 2_000;

/** Keeps the page up to date for as long as somebody can see it. */
export async function keepUpToDate(): Promise<never> {
  for (;;) {
    if (document.visibilityState === 'hidden') await becomesVisible();
    let pauseMs = PAUSE_MS;
    try {
      mock.value ??= await ask<MockInfo>('page/mock');
      if (await readNews()) pauseMs = 0;
      isConnected.value = true;
    } catch {
      isConnected.value = false;
      // It may be another one when it is back.
      mock.value = undefined;
      pauseMs = PAUSE_AFTER_FAILURE_MS;
    }
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
}

function becomesVisible(): Promise<void> {
  return new Promise((resolve) =>
    document.addEventListener('visibilitychange', () => resolve(), { once: true }),
  );
}
