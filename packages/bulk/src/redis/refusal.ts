import { PacingRefusal } from '@tccc/outbound';
import { NEEDS_INFO } from './window-script.js';

const NOT_ALLOWED =
  'Its user needs the keys that begin with the prefix of the pacer, and the commands EVAL, INFO, TIME, DEL, PEXPIRE and all of sorted sets.';

/** What helps, by the code of an answer. */
const ADVICE: Readonly<Record<string, string>> = {
  NOPERM: NOT_ALLOWED,
  ERR: NOT_ALLOWED,
  NOAUTH: 'Give its client a user name and a password.',
  WRONGPASS: 'Give its client the right user name and password.',
  WRONGTYPE: 'Something else has a key of the pacer: give the pacer another prefix.',
  OOM: 'It has no memory left: raise its maxmemory.',
  READONLY: 'It is a replica: connect to the primary.',
};

/** Whether Redis does not allow what is asked for, which no time cures. */
export function isRefusal(error: unknown): boolean {
  return /^(NOPERM|NOAUTH|WRONGPASS|WRONGTYPE)|ACL failure|can't run this command/.test(messageOf(error));
}

/**
 * Why Redis gives no slots, for the error of a call. Answers have names of users and keys in them, so only their code is
 * shown.
 */
export function refusalOf(error: unknown): PacingRefusal {
  if (error instanceof PacingRefusal) return error;
  if (messageOf(error).includes(NEEDS_INFO)) return new PacingRefusal('unusable', `${NEEDS_INFO}.`);
  const code = /^[A-Z]{2,12}(?= )/.exec(messageOf(error))?.[0];
  if (code === undefined) return new PacingRefusal('unusable', 'Redis cannot be reached.');
  const advice = isRefusal(error) || code !== 'ERR' ? ADVICE[code] : undefined;
  return new PacingRefusal('unusable', [`Redis refuses (${code}).`, advice].filter(Boolean).join(' '));
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : '';
}
