import { computed, signal } from '@preact/signals';
import type { MockInfo, News, RowData, SecondData } from './api.js';
import { ask } from './api.js';

export type Tab = 'requests' | 'tasks' | 'faults' | 'connect';

/** The latest requests that the page keeps. */
const MOST_ROWS = 10_000;

export const mock = signal<MockInfo | undefined>(undefined);
export const isConnected = signal(true);
export const rows = signal<readonly RowData[]>([]);
export const counts = signal({ requests: 0, created: 0, entities: 0 });
export const seconds = signal<Readonly<Record<string, SecondData[]>>>({});

/** What to add to the mock's monotonic time to get the time of day, in milliseconds. */
export const clockOffsetMs = signal(0);

export const tab = signal<Tab>('requests');
export const selected = signal<number | undefined>(undefined);
export const filter = signal('');
export const isRefusedOnly = signal(false);

/** Whether phone numbers are shown as they are. */
export const showsNumbers = signal(false);

/** The latest thing that was done, or that failed, in words. */
export const notice = signal('');

/** What the list shows, oldest first. */
export const shownRows = computed(() => {
  const wanted = filter.value.trim().toLowerCase();
  if (wanted === '' && !isRefusedOnly.value) return rows.value;
  return rows.value.filter((row) => (!isRefusedOnly.value || isRefused(row)) && isMatch(row, wanted));
});

function isRefused([, , , , code, fault]: RowData): boolean {
  return code !== 'OK' || fault !== '';
}

function isMatch(row: RowData, wanted: string): boolean {
  const [sequence, , , action, code, fault, createdId, requestId, secretId] = row;
  return [`#${sequence}`, action, code, fault, String(createdId), requestId, secretId].some((text) =>
    text.toLowerCase().includes(wanted),
  );
}

let run = '';

let latestRead: Promise<unknown> = Promise.resolve();

/** Asks for what is new, one at a time, so that nothing comes twice. Returns whether there is more. */
export function readNews(): Promise<boolean> {
  const read = latestRead.then(readOnce);
  latestRead = read.catch(() => {});
  return read;
}

async function readOnce(): Promise<boolean> {
  const after = rows.peek().at(-1)?.[0] ?? 0;
  const news = await ask<News>(`page/news?run=${run}&after=${after}`);
  const isSame = news.run === run;
  if (!isSame) {
    run = news.run;
    selected.value = undefined;
    clockOffsetMs.value = news.clockOffsetMs;
  }
  const known = isSame ? rows.peek() : [];
  if (news.rows.length > 0 || !isSame) rows.value = [...known, ...news.rows].slice(-MOST_ROWS);
  counts.value = news;
  seconds.value = news.seconds;
  return news.rows.length > 0 && news.rows.at(-1)![0] < news.requests;
}

/** Does something, and says how it went. */
export async function act(says: string, action: () => Promise<unknown>): Promise<void> {
  try {
    await action();
    notice.value = says;
  } catch (error) {
    notice.value = (error as Error).message;
  }
}
