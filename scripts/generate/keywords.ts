import type { Ajv, KeywordCxt } from 'ajv';
import { _Code } from 'ajv/dist/compile/codegen/code.js';
import { _, or, stringify } from 'ajv/dist/compile/codegen/index.js';

/**
 * Our own validation keywords. Each reports what an error message needs; `packages/core/src/issues.ts` has the other
 * half and turns it into words.
 */
export function addKeywords(ajv: Ajv): void {
  ajv.addKeyword({
    keyword: 'nonEmpty',
    type: 'string',
    schemaType: 'boolean',
    error: plainError,
    code: (cxt) => cxt.fail(_`${cxt.data}.length === 0`),
  });
  ajv.addKeyword({
    keyword: 'range',
    type: 'number',
    schemaType: 'object',
    error: { message: '', params: (cxt) => stringify(cxt.schema) },
    code(cxt: KeywordCxt) {
      const { min, max } = cxt.schema as { min?: number; max?: number };
      const below = min === undefined ? _`false` : _`${cxt.data} < ${min}`;
      const above = max === undefined ? _`false` : _`${cxt.data} > ${max}`;
      cxt.fail(or(below, above));
    },
  });
  ajv.addKeyword({
    keyword: 'matches',
    type: 'string',
    schemaType: 'object',
    error: { message: '', params: (cxt) => _`{hint: ${(cxt.schema as { hint: string }).hint}}` },
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
    schemaType: 'boolean',
    error: plainError,
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
        const isKnown = or(...known.map((name) => _`${key} === ${name}`));
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
    schemaType: 'array',
    error: { message: '', params: (cxt) => _`{before: ${cxt.params.before}, after: ${cxt.params.after}}` },
    code(cxt: KeywordCxt) {
      const { gen, data } = cxt;
      for (const [before, after] of cxt.schema as [string, string][]) {
        const areNumbers = _`typeof ${data}[${before}] == "number" && typeof ${data}[${after}] == "number"`;
        gen.if(_`${areNumbers} && ${data}[${before}] >= ${data}[${after}]`, () => {
          cxt.setParams({ before: _`${before}`, after: _`${after}` });
          cxt.error();
        });
      }
    },
  });
}

const plainError = { message: '', params: _`{}` };
