/** One section of an INI file; a key without a value has no text. */
export type IniSection = Readonly<Record<string, unknown>>;

/** What an INI file has to say about one section. */
export interface IniLookup {
  /** The section; `undefined` if there is none. */
  section: IniSection | undefined;
  /** Whether a key comes before the first section. */
  hasKeyOutside: boolean;
}

/** Finds a section by its name, which may have dots. The last value of a key counts. */
export async function findIniSection(text: string, name: string): Promise<IniLookup> {
  const { parse } = await import('ini');
  const sections = parse(
    text
      .split(/[\r\n]+/)
      .map(tidy)
      .join('\n'),
  ) as Record<string, unknown>;
  const section = Object.hasOwn(sections, name) ? sections[name] : undefined;
  return {
    section: typeof section === 'object' && section !== null ? (section as IniSection) : undefined,
    hasKeyOutside: Object.values(sections).some((value) => typeof value !== 'object'),
  };
}

const HEADER = /^\[([^\]]*)\]\s*(?:[#;].*)?$/;
const PAIR = /^([^=#;][^=]*)=(.*)$/;
const QUOTED = /^(["'])(.*?)\1\s*(?:[#;].*)?$/;
const COMMENT = /(?:^|\s)[#;].*$/;

/**
 * Writes a line as the parser reads it without surprises. By itself, the parser takes a header that is indented or has a
 * comment for a key, a dot in a header for a level, and a `#` or `;` within a value for a comment.
 */
function tidy(indented: string): string {
  const line = indented.trim();
  const header = HEADER.exec(line);
  if (header !== null) return `[${JSON.stringify(header[1]!.trim().replaceAll('.', '\\.'))}]`;
  const pair = PAIR.exec(line);
  if (pair === null) return line;
  const value = pair[2]!.trim();
  const plain = QUOTED.exec(value)?.[2] ?? value.replace(COMMENT, '');
  return `${pair[1]!.trim()}=${JSON.stringify(plain)}`;
}
