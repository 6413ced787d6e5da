import { writeFile } from 'node:fs/promises';
import type { Inspected } from '../input/inspect.js';
import { NAMES_MISSING, isNumberLike } from '../input/find-column.js';
import { inspectList } from '../input/inspect.js';
import { digitsIn, maskDigits, shownText } from '../numbers/index.js';
import { BulkError, reasonOf, systemCode } from '../errors.js';
import type { Command } from './options.js';
import { quoted } from '../input/xlsx/quoted.js';
import { listFile } from './sending.js';
import { count, countOf } from '../count.js';

const SHOWN_ROWS = 5;

/** Longest value that is shown, in characters. */
const SHOWN = 40;

/** Digits of the shortest phone number: what has fewer is shown as it is. */
const SHORTEST_NUMBER = 7;

/** `inspect`: shows what is in a list. */
export async function inspect({ values, positionals: [list] }: Command): Promise<number> {
  const { showNumbers = false, templateOut } = values;
  const inspected = await inspectList(listFile(list!, values));
  for (const line of inspectLines(inspected, showNumbers)) console.log(line);
  const hasNames = !inspected.names.some(isNumberLike);
  if (templateOut !== undefined && hasNames) {
    await writeTemplate(templateOut, inspected);
    console.log(`A template to start from is in ${templateOut}: fill in its params.`);
  }
  return hasNames && inspected.phones.length > 0 ? 0 : 4;
}

/** What a list shows, line by line. Numbers are masked unless they may be shown. */
export function* inspectLines(inspected: Inspected, isWhole: boolean): Generator<string> {
  const { names, rows, phones, sheet, otherSheets = [], hidden = 0 } = inspected;
  yield `format ${inspected.format}, ${placeOf(inspected)}, ${countOf(names.length, 'column')}`;
  if (otherSheets.length > 0)
    yield `There is something in other sheets, too: ${otherSheets.map(quoted).join(', ')}. Give --sheet ${quoted(sheet!)} to plan and run.`;
  const value = (text: string) => {
    const isShort = digitsIn(text) < SHORTEST_NUMBER;
    const shown = isWhole || isShort ? shownText(text) : maskDigits(shownText(text));
    return shown.length > SHOWN ? `${shown.slice(0, SHOWN)}…` : shown;
  };
  for (const [at, name] of names.entries()) {
    const examples = rows.slice(0, SHOWN_ROWS).map((row) => value(row[at]!));
    yield `column ${at + 1}: ${value(name)}`;
    for (const example of examples) yield `  ${example}`.trimEnd();
  }
  for (const { name, count: many, of, country } of phones)
    yield `"${value(name)}" looks like the numbers: ${count(many)} of ${countOf(of, 'value')} can be called${country === undefined ? '' : `, read as numbers of ${country}`}.`;
  if (hidden > 0)
    yield `The sheet hides ${count(hidden)} of the first ${countOf(rows.length, 'row')}. They are called, too, unless --hidden-rows leave-out is given.`;
  if (names.some(isNumberLike)) yield NAMES_MISSING;
  else if (phones.length === 0)
    yield sheet === undefined
      ? 'No column looks like phone numbers. The first line must name the columns; see also --delimiter and --encoding.'
      : 'No column looks like phone numbers. A row must name the columns; see also --sheet and --header-row.';
}

/** Where the rows are. */
function placeOf({ encoding, delimiter, sheet, headerRow }: Inspected): string {
  if (sheet !== undefined) return `sheet ${quoted(sheet)}, row ${headerRow} names the columns`;
  const between = delimiter === undefined ? '' : `, delimiter ${delimiter === '\t' ? 'tab' : delimiter}`;
  return `encoding ${encoding}${between}`;
}

/** What a template needs that no list can tell is left empty, so that it is refused until somebody fills it in. */
function templateFor({ names, phones: [phone] }: Inspected): object {
  const { name: callee = names[0]!, country } = phone ?? {};
  const others = names.filter((name) => name !== callee && name.trim() !== '');
  return {
    action: 'CreateAutoCalloutTask',
    params: { SdkAppId: null, NotBefore: null, Callers: [], IvrId: null, Name: '' },
    columns: {
      Callee: callee,
      ...(others.length > 0 && { Variables: Object.fromEntries(others.map((name) => [name.trim(), name])) }),
    },
    ...(country !== undefined && { numbers: { country } }),
  };
}

async function writeTemplate(path: string, inspected: Inspected): Promise<void> {
  try {
    const text = `${JSON.stringify(templateFor(inspected), undefined, 2)}\n`;
    await writeFile(path, text, { flag: 'wx', mode: 0o600 });
  } catch (error) {
    const why = systemCode(error) === 'EEXIST' ? 'there is a file already' : reasonOf(error);
    throw new BulkError('NotAllowed', `The template ${path} cannot be written: ${why}.`);
  }
}
