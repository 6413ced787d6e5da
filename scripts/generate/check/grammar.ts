import type { ErrorObject, ValidateFunction } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { parse } from 'yaml';
import { suggestName } from '../../../packages/core/src/errors/suggest.js';
import type { Loaded } from '../read/load-folder.js';
import type { Problem } from '../read/problems.js';

/** What of the spec does not have the form that `extensions.schema.yaml` gives it. */
export function grammarProblems({ document, places, grammar }: Loaded): Problem[] {
  const validate = validatorOf(grammar);
  if (validate(document)) return [];
  return (validate.errors ?? [])
    .filter(({ keyword }) => keyword !== 'if' && keyword !== 'propertyNames')
    .map((error) => {
      const key = (error.params as { additionalProperty?: string }).additionalProperty ?? error.propertyName;
      const place = places.below(document, error.instancePath, key);
      return { ...place, ...explain(error, key) };
    });
}

/** By its grammar. Compiling one takes longer than all that it validates. */
const validators = new Map<string, ValidateFunction>();

function validatorOf(grammar: string): ValidateFunction {
  let validate = validators.get(grammar);
  if (validate === undefined) {
    const ajv = new Ajv2020({
      allErrors: true,
      strict: false,
      verbose: true,
      formats: { regex: isRegExp, date: isDate },
    });
    ajv.addSchema(parse(grammar) as object, 'grammar');
    validate = ajv.compile({ $ref: 'grammar#/$defs/root' });
    validators.set(grammar, validate);
  }
  return validate;
}

/** What a value breaks, and what to do. */
function explain(error: ErrorObject, key: string | undefined): { says: string; remedy: string } {
  const name = error.instancePath.slice(error.instancePath.lastIndexOf('/') + 1).replaceAll('~1', '/');
  switch (error.keyword) {
    case 'additionalProperties':
      return unknownKeyword(key!, Object.keys(error.parentSchema?.properties ?? {}));
    case 'required': {
      const missing = String(error.params.missingProperty);
      return {
        says: `${name || 'the document'} has no ${missing}`,
        remedy: `Add ${missing}; spec/README.md has a template.`,
      };
    }
    case 'enum':
    case 'const': {
      const allowed = error.params.allowedValues ?? [error.params.allowedValue];
      const listed = (allowed as unknown[]).map((value) => JSON.stringify(value)).join(', ');
      return { says: `${name} has a value that is not allowed here`, remedy: `Write one of: ${listed}.` };
    }
    case 'pattern':
      return {
        says: `${key ?? name} has a form that is not allowed here`,
        remedy: `It must match ${String(error.params.pattern)}.`,
      };
    case 'contains':
      return {
        says: `${name} lacks an entry`,
        remedy: `Add ${JSON.stringify(error.parentSchema?.contains.const)}.`,
      };
    default:
      return {
        says: `${name || 'the document'} ${error.message}`,
        remedy: 'Correct it; spec/README.md says what is supported.',
      };
  }
}

function unknownKeyword(key: string, known: readonly string[]): { says: string; remedy: string } {
  const meant = suggestName(key, known);
  const says = `${key} is not supported here, so nothing would read it`;
  if (meant !== undefined) return { says, remedy: `Did you mean ${meant}?` };
  return { says, remedy: `Remove it, and say it in the description. Supported here: ${known.join(', ')}.` };
}

/** A day that the calendar has. */
function isDate(text: string): boolean {
  const date = new Date(text);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

function isRegExp(pattern: string): boolean {
  try {
    return new RegExp(pattern, 'u') instanceof RegExp;
  } catch {
    return false;
  }
}
