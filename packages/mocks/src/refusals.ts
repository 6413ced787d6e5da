import type { ValidatorFault } from '@tccc/outbound';

/** The code that the service documents for a broken rule. */
const CODES: Readonly<Record<string, string>> = {
  closed: 'UnknownParameter',
  required: 'MissingParameter',
  atLeastOne: 'MissingParameter',
  type: 'InvalidParameter',
};

/** Which faults count first, as a gateway would find them: shape before value. */
const ORDER = ['UnknownParameter', 'MissingParameter', 'InvalidParameter', 'InvalidParameterValue'];

/** The service's answer to faulty parameters: one code, and a message that names the place but no value. */
export function refusalOf(faults: readonly ValidatorFault[]): { code: string; message: string } {
  const answers = faults.map((fault) => ({ fault, code: CODES[fault.keyword] ?? 'InvalidParameterValue' }));
  answers.sort((a, b) => ORDER.indexOf(a.code) - ORDER.indexOf(b.code));
  const { fault, code } = answers[0]!;
  return { code, message: `${placeOf(fault)} breaks the rule "${fault.keyword}".` };
}

function placeOf({ keyword, instancePath, params }: ValidatorFault): string {
  const place = instancePath === '' ? 'The request' : instancePath.slice(1).replaceAll('/', '.');
  if (keyword === 'required')
    return instancePath === ''
      ? String(params.missingProperty)
      : `${place}.${String(params.missingProperty)}`;
  return place;
}
