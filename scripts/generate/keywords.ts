import type { Ajv, Code, KeywordCxt } from 'ajv';
import { _Code } from 'ajv/dist/compile/codegen/code.js';
import { _, or, stringify } from 'ajv/dist/compile/codegen/index.js';

/** A limit, and whether it is our own check: one that no page states. */
export interface Limit {
  limit: number;
  derived?: true;
}

/** Smallest and largest value; `derived` says which of them no page states. */
export interface Range {
  min?: number;
  max?: number;
  unit?: string;
  /** Absent: an integer. */
  type?: 'number';
  derived?: ('min' | 'max')[];
}

/**
 * Our own validation keywords. Each reports what an error message needs; `packages/core/src/params/issues.ts` has the
 * other half and turns it into words.
 */
export function addKeywords(ajv: Ajv): void {
  addLimits(ajv);
  ajv.addKeyword({
    keyword: 'nonEmpty',
    type: 'string',
    schemaType: 'object',
    error: { message: '', params: (cxt) => stringify(cxt.schema) },
    code: (cxt) => cxt.fail(_`${cxt.data}.length === 0`),
  });
  ajv.addKeyword({
    keyword: 'range',
    type: 'number',
    schemaType: 'object',
    error: { message: '', params: (cxt) => cxt.params.says as Code },
    code: (cxt: KeywordCxt) => checkRange(cxt, cxt.schema as Range),
  });
  ajv.addKeyword({
    keyword: 'matches',
    type: 'string',
    schemaType: 'object',
    error: {
      message: '',
      params: (cxt) => stringify(without(cxt.schema as { pattern: string }, 'pattern')),
    },
    code(cxt: KeywordCxt) {
      const { pattern } = cxt.schema as { pattern: string };
      // A literal, which bundlers know to have no side effect.
      const regexp = new _Code(String(new RegExp(pattern, 'u')));
      cxt.fail(_`!${regexp}.test(${cxt.data})`);
    },
  });
  ajv.addKeyword({
    keyword: 'timeZone',
    type: 'string',
    schemaType: 'object',
    error: { message: '', params: (cxt) => stringify(cxt.schema) },
    code: (cxt) => cxt.fail(_`!isTimeZone(${cxt.data})`),
  });
  ajv.addKeyword({
    keyword: 'closed',
    type: 'object',
    schemaType: 'object',
    error: {
      message: '',
      params: (cxt) => {
        const { known, newer } = cxt.schema as { known: string[]; newer: string[] };
        return _`{name: ${cxt.params.name}, known: ${stringify(known)}, newer: ${stringify(newer)}}`;
      },
    },
    code(cxt: KeywordCxt) {
      const { gen, data } = cxt;
      const { known } = cxt.schema as { known: string[] };
      gen.forIn('key', data, (key) => {
        const isKnown = known.length === 0 ? _`false` : or(...known.map((name) => _`${key} === ${name}`));
        gen.if(_`!(${isKnown})`, () => {
          cxt.setParams({ name: key });
          cxt.error();
        });
      });
    },
  });
  ajv.addKeyword({
    keyword: 'atLeastOne',
    type: 'object',
    schemaType: 'array',
    error: { message: '', params: (cxt) => _`{names: ${stringify(cxt.schema)}}` },
    code(cxt: KeywordCxt) {
      const missing = (cxt.schema as string[]).map((name) => _`${cxt.data}[${name}] === undefined`);
      cxt.fail(missing.reduce((all, one) => _`${all} && ${one}`));
    },
  });
  ajv.addKeyword({
    keyword: 'ordered',
    type: 'object',
    schemaType: 'object',
    error: { message: '', params: (cxt) => cxt.params.says as Code },
    code(cxt: KeywordCxt) {
      const { gen, data } = cxt;
      const { pairs, derived } = cxt.schema as { pairs: [string, string][]; derived?: true };
      for (const [before, after] of pairs) {
        const areNumbers = _`typeof ${data}[${before}] == "number" && typeof ${data}[${after}] == "number"`;
        gen.if(_`${areNumbers} && ${data}[${before}] >= ${data}[${after}]`, () => {
          cxt.setParams({ says: stringify({ before, after, ...(derived ? { derived } : {}) }) });
          cxt.error();
        });
      }
    },
  });
}

/** Those of JSON Schema, which cannot say that they are derived. The length of a text is that in characters. */
function addLimits(ajv: Ajv): void {
  const limits: [
    keyword: string,
    type: 'array' | 'string',
    isBroken: (cxt: KeywordCxt, limit: number) => Code,
  ][] = [
    ['minItems', 'array', ({ data }, limit) => _`${data}.length < ${limit}`],
    ['maxItems', 'array', ({ data }, limit) => _`${data}.length > ${limit}`],
    ['minLength', 'string', ({ data }, limit) => _`Array.from(${data}).length < ${limit}`],
    ['maxLength', 'string', ({ data }, limit) => _`Array.from(${data}).length > ${limit}`],
  ];
  for (const [keyword, type, isBroken] of limits) {
    ajv.removeKeyword(keyword);
    ajv.addKeyword({
      keyword,
      type,
      schemaType: 'object',
      error: { message: '', params: (cxt) => stringify(cxt.schema) },
      code: (cxt) => cxt.fail(isBroken(cxt, (cxt.schema as Limit).limit)),
    });
  }
}

/** One condition if both ends are documented, or both derived; else one for each. */
function checkRange(cxt: KeywordCxt, { derived = [], ...said }: Range): void {
  const { min, max } = said;
  const ends = [
    ...(min === undefined ? [] : [{ end: 'min', isBroken: _`${cxt.data} < ${min}` } as const]),
    ...(max === undefined ? [] : [{ end: 'max', isBroken: _`${cxt.data} > ${max}` } as const]),
  ];
  for (const isDerived of [false, true]) {
    const same = ends.filter(({ end }) => derived.includes(end) === isDerived);
    if (same.length === 0) continue;
    cxt.gen.if(or(...same.map(({ isBroken }) => isBroken)), () => {
      cxt.setParams({ says: stringify({ ...said, ...(isDerived ? { derived: true } : {}) }) });
      cxt.error();
    });
  }
}

function without<Value extends object>(value: Value, key: keyof Value): object {
  const { [key]: _gone, ...rest } = value;
  return rest;
}
