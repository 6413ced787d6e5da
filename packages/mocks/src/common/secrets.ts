/** A key pair that the mock knows. */
export interface MockCredentials {
  secretId: string;
  secretKey: string;
  /** If it is given, the request must carry it as X-TC-Token. */
  token?: string;
}

/** What is shown in place of a secret. */
export const HIDDEN = '***';

/** Headers whose values are secrets, whatever they are. */
export const SECRET_HEADERS: ReadonlySet<string> = new Set([
  'x-tc-token',
  'cookie',
  'proxy-authorization',
  'x-api-key',
]);

export type Hide = (text: string) => string;

/** Takes out of texts the secret keys and tokens of these key pairs, in any case, wherever a client has put them. */
export function secretHider(known: readonly MockCredentials[]): Hide {
  const secrets = known
    .flatMap(({ secretKey, token = '' }) => [secretKey, token])
    .filter((secret) => secret !== '')
    // As it is, and as JSON writes it.
    .flatMap((secret) => [secret, JSON.stringify(secret).slice(1, -1)])
    // One may be a part of another.
    .sort((a, b) => b.length - a.length);
  if (secrets.length === 0) return (text) => text;
  const escaped = secrets.map((secret) => secret.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`));
  const pattern = new RegExp(escaped.join('|'), 'gi');
  return (text) => text.replaceAll(pattern, HIDDEN);
}

/** JSON as it was parsed, without the secrets in its texts and names. */
export function hideIn(value: unknown, hide: Hide): unknown {
  if (typeof value === 'string') return hide(value);
  if (Array.isArray(value)) return value.map((item) => hideIn(item, hide));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [hide(name), hideIn(inner, hide)]));
}

/** Fields of entries, creations and entities that have in them what a client sent. */
const SENT: ReadonlySet<string> = new Set(['params', 'issues', 'fields']);

/** One of these without secrets. */
export function hideInSent(item: object, hide: Hide): Record<string, unknown> {
  const fields = Object.entries(item) as [string, unknown][];
  return Object.fromEntries(
    fields.map(([name, value]) => [name, SENT.has(name) ? hideIn(value, hide) : value]),
  );
}

/** The same for its JSON, which is parsed only if there is a secret in it. */
export function hideInJson(json: string, hide: Hide): string {
  return hide(json) === json ? json : JSON.stringify(hideInSent(JSON.parse(json) as object, hide));
}
