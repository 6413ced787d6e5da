/** Names of streams in a compound file (MS-CFB), which tell what it is, and how it is called then. */
const STREAMS = [
  ['protected', 'EncryptedPackage'],
  ['document', 'WordDocument'],
  ['document', 'PowerPoint Document'],
  ['xls', 'Workbook'],
] as const;

type OleKind = (typeof STREAMS)[number][0];

/** How many bytes are searched: the names may be at the end. */
const LOOKED_AT = 256 * 1024 ** 2;

/** Whether it is a compound file. */
export function isOle(head: Uint8Array): boolean {
  return head[0] === 0xd0 && head[1] === 0xcf;
}

/** Tells an old workbook from a new one that is protected by a password, and from a text: they all begin alike. */
export async function kindOfOle(bytes: AsyncIterable<Uint8Array>): Promise<OleKind> {
  const names = STREAMS.map(([kind, name]) => ({ kind, bytes: Buffer.from(name, 'utf16le') }));
  const overlap = Math.max(...names.map((name) => name.bytes.length)) - 1;
  let before: Uint8Array = Buffer.alloc(0);
  let length = 0;
  for await (const piece of bytes) {
    const whole = Buffer.concat([before, piece]);
    const found = names.find((name) => whole.includes(name.bytes));
    if (found !== undefined) return found.kind;
    before = whole.subarray(-overlap);
    length += piece.length;
    if (length > LOOKED_AT) break;
  }
  return 'xls';
}
