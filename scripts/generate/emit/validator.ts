import { Ajv } from 'ajv';
import standaloneCode from 'ajv/dist/standalone/index.js';
import { MAX_FAULTS } from '../../../packages/core/src/params/issues.js';
import { addKeywords } from '../keywords.js';
import { lowerForValidator } from '../lower-validators.js';
import type { Action, Model } from '../model.js';

/**
 * The validator of an action: AJV's standalone code, without its run time and without what nobody reads.
 *
 * It stands in a module of its own beside the action's: it is as long as all the rest, and read by nobody.
 */
export function emitValidator(action: Action, model: Model): string {
  const schema = lowerForValidator(action.request, model, action.newerParameters);
  const ajv = makeAjv();
  const code = tidy(standaloneCode.default(ajv, ajv.compile(schema)), schema);
  const helper = code.includes('isTimeZone(') ? TIME_ZONE_CHECK : '';
  return `import type { Validator, ValidatorFault } from '@tccc/core';\n\n${helper}${DOC}\n\n// prettier-ignore\n${indented(code)}`;
}

/** The names that this machine knows; the service has its own list, which should be the same. */
const TIME_ZONE_CHECK = `const isTimeZone = (name: string): boolean => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }) !== undefined;
  } catch {
    return false;
  }
};\n\n`;

/** AJV writes one statement to a line; a formatter would need seconds for a large spec. */
function indented(code: string): string {
  let depth = 0;
  const lines = code
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      if (line.startsWith('}')) depth--;
      const text = '  '.repeat(depth) + line;
      if (line.endsWith('{')) depth++;
      return text;
    });
  return lines.join('\n');
}

/** AJV with our keywords. */
export function makeAjv(): Ajv {
  const ajv = new Ajv({
    allErrors: true,
    messages: false, // Messages are made from keyword and params, so that no value can slip into one.
    meta: false, // The schemas are those of lower-validators.ts, whose keywords are in part our own.
    strict: true,
    validateSchema: false,
    strictTypes: false,
    allowUnionTypes: true,
    code: { source: true, esm: true, lines: true },
  });
  addKeywords(ajv);
  return ajv;
}

const HEAD =
  /^function (\w+)\(data, \{instancePath="", parentData, parentDataProperty, rootData=data\}=\{\}\)\{\nlet vErrors = null;/m;

/** Turns AJV's module into one typed function. What it does not expect of AJV, it refuses. */
function tidy(source: string, schema: object): string {
  const name = HEAD.exec(source)?.[1];
  if (name === undefined) throw new Error('AJV writes another head of a function than it did.');
  const tidied = endLoops(shorten(source))
    .replace(/^"use strict";\n|^export .*\n|^const schema\d+ = .*\n/gm, '')
    .replace(HEAD, FUNCTION_HEAD)
    .replaceAll(`${name}.errors = vErrors`, 'validate.errors = vErrors')
    .replace(/\bschema\d+((?:\.\w+|\["[^"]+"\]|\[\d+\])+)/g, (_, path: string) => literalAt(schema, path))
    .replaceAll('vErrors', 'faults')
    .trim()
    .replace(/\}$/, '};');
  const left =
    /require\(|\bschema\d+\b|\bvalidate\d+\b|\brootData\b|\bparentData|\binstancePath\+|\b_?errs?\d/.exec(
      tidied,
    );
  if (left !== null) {
    throw new Error(
      `AJV's code needs "${left[0]}", which is not there at run time. A keyword that lower-validators.ts has let through causes it.`,
    );
  }
  return tidied;
}

/**
 * Ends every loop when there are faults enough, for more would cost time and say nothing. Alternatives (`oneOf`) would
 * make this wrong, because the faults of one that was tried in vain count until it is given up; `tidy` refuses them.
 */
function endLoops(source: string): string {
  const ended = source
    .replace(
      /^for\(let (i\d+)=0; (\1<len\d+); \1\+\+\)\{/gm,
      `for(let $1=0; $2 && errors<${MAX_FAULTS}; $1++){`,
    )
    .replace(/^for\(const \w+ in \w+\)\{/gm, `$&\nif(errors>=${MAX_FAULTS}) break;`);
  const [loops, ends] = [/^for\b|^while\b/gm, /errors(<|>=)\d/g].map((one) => ended.match(one)?.length ?? 0);
  if (loops !== ends) throw new Error('AJV writes another loop than it did.');
  return ended;
}

const DOC = '/** Validates parameters; if they are wrong, `validate.errors` has the faults. */';

const FUNCTION_HEAD = `export const validate: Validator = (data: any) => {
let vErrors = null as ValidatorFault[] | null;
const report = (instancePath: string, keyword: string, params: Record<string, unknown>) => {
(vErrors ??= []).push({ instancePath, keyword, params });
errors++;
};`;

/** Nine lines for each fault become one, without the place in a schema that nobody has at run time. */
function shorten(source: string): string {
  return source.replace(
    /const (err\d+) = \{instancePath(?::instancePath\+)?(.*?),schemaPath:"[^"]*",keyword:("\w+"),params:(.*)\};\nif\(vErrors === null\)\{\nvErrors = \[\1\];\n\}\nelse \{\nvErrors\.push\(\1\);\n\}\nerrors\+\+;/g,
    (_, _name, path: string, keyword: string, params: string) =>
      `report(${path === '' ? '""' : path}, ${keyword}, ${params});`,
  );
}

/** The part of the schema at a path such as `.properties.A["x"].enum`, as a literal. */
function literalAt(schema: object, path: string): string {
  const steps = [...path.matchAll(/\.(\w+)|\["([^"]+)"\]|\[(\d+)\]/g)].map(([, a, b, c]) => a ?? b ?? c!);
  return JSON.stringify(steps.reduce((value, step) => (value as Record<string, object>)[step]!, schema));
}
