import { suggestName } from '@tccc/outbound/internal';
import { codeOf, sentenceOf } from '../gateway/refusals.js';
import type { Finding, WrongParameter } from '../common/finding.js';

/** Says what is wrong with each parameter, and which name was probably meant. */
export function explainParams(issues: readonly WrongParameter[]): Finding[] {
  return issues.map((issue) => ({ mistake: codeOf(issue), says: sentenceOf(issue) }));
}

/** Says which action was probably meant. */
export function explainAction(action: string, known: readonly string[]): Finding {
  const meant = suggestName(action, known);
  const says =
    meant === undefined
      ? `The mock knows no such action. It knows: ${known.join(', ')}.`
      : `The mock knows no such action; did you mean ${meant}?`;
  return { mistake: 'InvalidAction', says };
}
