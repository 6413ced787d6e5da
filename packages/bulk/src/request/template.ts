import { createHash } from 'node:crypto';
import type { CreateAutoCalloutTaskRequest, CreatePredictiveDialingCampaignRequest } from '@tccc/outbound';
import type { Creator, NumberStyle } from './bulk-actions.js';
import { creatorOf } from './bulk-actions.js';
import { BulkError } from '../errors.js';

/** Which columns of a file, or which fields of an object, hold what. */
export interface Columns {
  /** The number to call. */
  Callee: string;
  /** User-defined data of this number. */
  UUI?: string;
  /** Variables of this number: the key of each, and the column with its value. */
  Variables?: Readonly<Record<string, string>>;
}

/** The names of all columns: the number first, then its own data, then the variables in their order. */
export function columnNames({ Callee, UUI, Variables = {} }: Columns): string[] {
  return [Callee, ...(UUI === undefined ? [] : [UUI]), ...Object.values(Variables)];
}

/** How numbers are read and written. */
export interface NumberOptions {
  /**
   * Country of numbers that are written without a country code: two letters, such as `CN`.
   *
   * @default none: such numbers are left out, with the reason
   */
  country?: string;
  /**
   * How numbers are written in requests: `+` (+8613…), `00` (008613…), `national` (13…), or `as-given`. `national` is for the
   * numbers of `country` alone: those of other countries, and those that would be another number without their country code,
   * are written by the default.
   *
   * @default as the documented example of the action writes them: `00` for tasks, `+` for campaigns
   */
  write?: NumberStyle;
  /**
   * What becomes of a number with an extension, such as `ext. 8`, which the service cannot dial: it is left out
   * (`leave-out`), or called without the extension (`drop`).
   *
   * @default 'leave-out'
   */
  extensions?: 'leave-out' | 'drop';
}

/** What templates of both actions have. */
export interface TemplateOptions {
  /** Parameters that the package does not know yet, sent as they are. */
  extraParams?: Readonly<Record<string, unknown>>;
  /** @default `{ Callee: 'Callee' }` */
  columns?: Columns;
  numbers?: NumberOptions;
}

/** The part of a request that all chunks share. */
export type TaskParams = Without<CreateAutoCalloutTaskRequest, 'Callees' | 'CalleeAttributes'>;
export type CampaignParams = Without<CreatePredictiveDialingCampaignRequest, 'Callees'>;

/** Of each kind of a request by itself: together they would no longer ask for one of two parameters. */
type Without<Request, Names extends PropertyKey> = Request extends unknown ? Omit<Request, Names> : never;

/** What to send for every chunk: one of the two actions, its parameters, and where the list has what. */
export type BulkTemplate =
  | (TemplateOptions & { action: 'CreateAutoCalloutTask'; params: TaskParams })
  | (TemplateOptions & { action: 'CreatePredictiveDialingCampaign'; params: CampaignParams });

/** A template, checked and complete. */
export interface Template {
  readonly creator: Creator;
  readonly params: Readonly<Record<string, unknown>>;
  readonly extraParams: Readonly<Record<string, unknown>>;
  readonly columns: Columns;
  readonly numbers: {
    readonly country?: string;
    readonly write: NumberStyle;
    readonly extensions: 'leave-out' | 'drop';
  };
  /** The template as it was given. */
  readonly given: BulkTemplate;
}

const STYLES: readonly NumberStyle[] = ['+', '00', 'national', 'as-given'];

const EXTENSIONS: readonly string[] = ['leave-out', 'drop'] satisfies NumberOptions['extensions'][];

/** Parameters that the runner fills. */
const FILLED = ['Callees', 'CalleeAttributes'];

/** @throws BulkError that names the field */
export function readTemplate(given: BulkTemplate): Template {
  checkObject('The template', given, ['action', 'params', 'extraParams', 'columns', 'numbers']);
  const creator = creatorOf(given.action);
  checkObject('"params"', given.params);
  const { extraParams = {}, columns = { Callee: 'Callee' }, numbers = {} } = given;
  checkObject('"extraParams"', extraParams);
  checkFilled('params', given.params);
  checkFilled('extraParams', extraParams);
  checkColumns(columns);
  checkObject('"numbers"', numbers, ['country', 'write', 'extensions']);
  const { country, write = creator.style, extensions = 'leave-out' } = numbers;
  if (!STYLES.includes(write)) throw wrong(`"numbers.write" must be one of: ${STYLES.join(', ')}.`);
  if (!EXTENSIONS.includes(extensions))
    throw wrong(`"numbers.extensions" must be one of: ${EXTENSIONS.join(', ')}.`);
  const params = given.params as unknown as Record<string, unknown>;
  return {
    creator,
    params,
    extraParams,
    columns,
    numbers: { ...(country !== undefined && { country }), write, extensions },
    given,
  };
}

/** What tells one template from another, whatever the order of their keys. */
export function digestOf(value: unknown): string {
  return createHash('sha256')
    .update(JSON.stringify(sorted(value)))
    .digest('hex');
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  return Object.fromEntries(
    entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, item]) => [key, sorted(item)]),
  );
}

function checkFilled(what: string, params: object): void {
  for (const name of FILLED)
    if (Object.hasOwn(params, name)) throw wrong(`"${what}.${name}" is filled from the list; leave it out.`);
}

function checkColumns(columns: Columns): void {
  checkObject('"columns"', columns, ['Callee', 'UUI', 'Variables']);
  const { Callee, UUI, Variables = {} } = columns;
  if (typeof Callee !== 'string')
    throw wrong('"columns.Callee" must be the name of the column with the number.');
  if (UUI !== undefined && typeof UUI !== 'string')
    throw wrong('"columns.UUI" must be the name of a column.');
  checkObject('"columns.Variables"', Variables);
  for (const [key, column] of Object.entries(Variables)) {
    if (key === '' || typeof column !== 'string')
      throw wrong('"columns.Variables" must have the key of each variable, and the name of a column.');
    if (/\p{Surrogate}/u.test(key)) throw wrong('"columns.Variables" has a key with half a character in it.');
  }
}

function checkObject(what: string, value: unknown, names?: readonly string[]): void {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw wrong(`${what} must be an object.`);
  const unknown = names === undefined ? undefined : Object.keys(value).find((name) => !names.includes(name));
  if (unknown !== undefined)
    throw wrong(`${what} has no field "${unknown}"; it may have: ${names!.join(', ')}.`);
}

function wrong(message: string): BulkError {
  return new BulkError('InvalidTemplate', message);
}
