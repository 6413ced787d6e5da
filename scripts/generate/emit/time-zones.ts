import moment from 'moment-timezone';
import packed from 'moment-timezone/data/packed/latest.json' with { type: 'json' };
import { documented } from '../model/docs.js';

/** Names that IANA had once, and what they were. */
const FORMER: Readonly<Record<string, string>> = {
  'US/Pacific-New': 'America/Los_Angeles',
  'SystemV/AST4ADT': 'America/Halifax',
  'SystemV/EST5EDT': 'America/New_York',
  'SystemV/CST6CDT': 'America/Chicago',
  'SystemV/MST7MDT': 'America/Denver',
  'SystemV/PST8PDT': 'America/Los_Angeles',
  'SystemV/YST9YDT': 'America/Anchorage',
  'SystemV/AST4': 'America/Puerto_Rico',
  'SystemV/EST5': 'America/Panama',
  'SystemV/CST6': 'America/Regina',
  'SystemV/MST7': 'America/Phoenix',
  'SystemV/PST8': 'Pacific/Pitcairn',
  'SystemV/YST9': 'Pacific/Gambier',
  'SystemV/HST10': 'Pacific/Honolulu',
};

/** Abbreviations and names that are in use, though the database does not have them, or not for all of these places. */
const IN_USE: Readonly<Record<string, string>> = {
  'Asia/Beijing': 'Asia/Shanghai',
  'China Standard Time': 'Asia/Shanghai',
  AST: 'Asia/Riyadh',
  BRT: 'America/Sao_Paulo',
  BST: 'Asia/Dhaka',
  GST: 'Asia/Dubai',
  ICT: 'Asia/Bangkok',
  MYT: 'Asia/Kuala_Lumpur',
  PHT: 'Asia/Manila',
  SGT: 'Asia/Singapore',
};

/** More places of one abbreviation than this are not said. */
const PLACES = 4;

/** The names of the tz database, by area, and how to have them as a set. */
export function emitTimeZoneNames(): string {
  const areas = grouped(moment.tz.names().sort(), (name) => /^\w+(?=\/)/.exec(name)?.[0] ?? '');
  const rows = [...areas].map(([area, names]) => {
    const rest = names.map((name) => (area === '' ? name : name.slice(area.length + 1)));
    return `  ${JSON.stringify(area)}: ${JSON.stringify(rest.join(' '))},`;
  });
  return [
    documented(
      [`Names of the tz database of IANA, release ${moment.tz.dataVersion}, by their first part.`],
      `const areas = {\n${rows.join('\n')}\n};`,
    ),
    documented(
      ['Every name, also the older ones that IANA still has.'],
      `export function timeZoneNames(): ReadonlySet<string> {
        return new Set(Object.entries(areas).flatMap(([area, names]) =>
          names.split(' ').map((name) => (area === '' ? name : \`\${area}/\${name}\`))));
      }`,
    ),
  ].join('\n\n');
}

/** They do not depend on the spec, and are most of the work of generating. */
let emitted: string | undefined;

/** The same, and what names could mean that IANA does not have. */
export function emitTimeZones(): string {
  return (emitted ??= timeZonesModule());
}

function timeZonesModule(): string {
  const rows = [...meanings()].map(
    ([text, names]) => `  ${JSON.stringify(text)}: ${JSON.stringify(names.join(' '))},`,
  );
  return [
    emitTimeZoneNames(),
    documented(
      [
        'What abbreviations and former names can mean, the largest place first. In small letters, with `_` between words.',
      ],
      `export const meanings: Readonly<Record<string, string>> = {\n${rows.join('\n')}\n};`,
    ),
  ].join('\n\n');
}

function meanings(): Map<string, readonly string[]> {
  const known = new Set(moment.tz.names().map((name) => name.toLowerCase()));
  const zones = packed.zones
    .map((zone) => moment.tz.zone(zone.slice(0, zone.indexOf('|')))!)
    .sort((one, other) => other.population - one.population || (one.name < other.name ? -1 : 1));
  // Of places that keep the same time, the largest represents all.
  const distinct = [...grouped(zones, (zone) => JSON.stringify(timesOf(zone))).values()].map(
    ([first]) => first!,
  );
  const places = distinct.flatMap((zone) =>
    timesOf(zone).map(([abbreviation]) => [abbreviation, zone.name] as const),
  );
  const all = grouped([...places, ...Object.entries(IN_USE), ...Object.entries(FORMER)], ([text]) => text);
  return new Map(
    [...all]
      .filter(([text]) => !known.has(text.toLowerCase()))
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([text, rows]) => [plain(text), [...new Set(rows.map(([, name]) => name))].slice(0, PLACES)]),
  );
}

/** The abbreviations in use since the beginning of 2025, with their offsets; numbers are no abbreviation. */
function timesOf({ abbrs, offsets, untils }: moment.MomentZone): [abbreviation: string, offset: number][] {
  const recent = abbrs
    .map((abbreviation, index) => ({
      abbreviation,
      offset: offsets[index]!,
      until: untils[index] ?? Infinity,
    }))
    .filter(({ abbreviation, until }) => until > Date.UTC(2025) && /^[A-Z]{2,5}$/.test(abbreviation));
  return [...new Map(recent.map(({ abbreviation, offset }) => [abbreviation, offset]))].sort();
}

function plain(text: string): string {
  return text.toLowerCase().replaceAll(/[ _-]/g, '_');
}

function grouped<Item>(items: readonly Item[], keyOf: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}
