import type { ParamsFault } from '@tccc/outbound/internal';
import { codeOf, describeFault, safeName } from '../gateway/refusals.js';
import { suggestName } from '../common/suggest.js';
import type { Finding } from '../common/finding.js';

/** Says what is wrong with each parameter, and which name was probably meant. */
export function explainParams(faults: readonly ParamsFault[]): Finding[] {
  const missing = faults.filter(({ keyword }) => keyword === 'required').map(({ params }) => params);
  return faults.map((fault) => {
    const { name, known } = fault.params as { name?: unknown; known?: readonly string[] };
    const meant =
      fault.keyword === 'closed' && typeof name === 'string' ? suggestName(name, known ?? []) : undefined;
    const isMissing = missing.some(({ missingProperty }) => missingProperty === meant);
    const hint =
      meant === undefined ? '' : `; did you mean ${meant}${isMissing ? ', which is missing' : ''}?`;
    const says = `${describeFault(fault, nameOf(name, meant))}${hint === '' ? '.' : hint}`;
    return { mistake: codeOf(fault), says };
  });
}

/** A name that is nearly a known one cannot be a phone number, so it may be shown. */
function nameOf(name: unknown, meant: string | undefined): string {
  return meant === undefined ? safeName(name) : String(name);
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
