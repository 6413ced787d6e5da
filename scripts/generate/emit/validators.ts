import { Ajv2020 } from 'ajv/dist/2020.js';
import standaloneCode from 'ajv/dist/standalone/index.js';
import { addKeywords } from '../keywords.js';
import { lowerForValidator } from '../lower-validators.js';
import type { Model } from '../model.js';

/** The one helper of AJV's run time that generated code may need, so that AJV itself is no dependency. */
const CODE_POINT_COUNTER = 'const codePointLength = (text) => [...text].length;\n';

/** One standalone validator per action, named `validate<Action>`. */
export function emitValidators(model: Model): string {
  const ajv = new Ajv2020({
    allErrors: true,
    messages: false, // Messages are made from keyword and params, so that no value can slip into one.
    strict: true,
    strictTypes: false,
    allowUnionTypes: true,
    code: { source: true, esm: true, lines: true },
  });
  addKeywords(ajv);
  for (const [name, type] of Object.entries(model.types)) {
    ajv.addSchema({ $id: name, ...lowerForValidator(type, model) });
  }
  const exports: Record<string, string> = {};
  for (const { name, requestName, request, newerParameters } of model.actions) {
    ajv.addSchema({ $id: requestName, ...lowerForValidator(request, model, newerParameters) });
    exports[`validate${name}`] = requestName;
  }
  return `// @ts-nocheck The code is AJV's.\n/* oxlint-disable */\n${compact(withoutImports(standaloneCode.default(ajv, exports)))}\n`;
}

function withoutImports(source: string): string {
  const helper = /require\("ajv\/dist\/runtime\/ucs2length"\)\.default/g;
  const inlined = helper.test(source)
    ? CODE_POINT_COUNTER + source.replace(helper, 'codePointLength')
    : source;
  if (inlined.includes('require(')) {
    throw new Error(
      'A keyword of the spec makes AJV import its run time (uniqueItems over objects, format). Use another.',
    );
  }
  return inlined;
}

/**
 * Every fault that AJV can report takes nine lines of its code, and names the place in a schema that nobody has at run
 * time. One line without it says the same, and halves what is shipped.
 */
function compact(source: string): string {
  return source
    .replace(/schemaPath:"[^"]*",/g, '')
    .replace(
      /const (err\d+) = (\{.*\});\nif\(vErrors === null\)\{\nvErrors = \[\1\];\n\}\nelse \{\nvErrors\.push\(\1\);\n\}\nerrors\+\+;/g,
      '(vErrors ??= []).push($2);errors++;',
    )
    .replace(/^\/\*# sourceURL=.*\*\/;\n/gm, '');
}
