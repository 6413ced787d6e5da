/**
 * What may be a phone number in a text: five digits in a row, or seven with up to three characters between any two, whatever
 * they are but letters.
 */
const LONG_RUN = /\+?\p{Nd}(?:[^\p{L}\p{N}]{0,3}\p{Nd}){6,}|\p{Nd}{5,}/gu;

/** Least number in JSON that may be a phone number: it has ten digits. */
const LEAST_PHONE = 1e9;

/** Names of parameters whose values are phone numbers, whatever their type. */
const PHONE_NAME = /calle[re]|phone|mobile/i;

/** Names of parameters whose numbers are ids, or times in seconds. These stay. */
const ID_NAME = /(?:ids?|time|timestamp|before|after)$/i;

/** Names of ids that the service gives out: no person has given them, even if they are written as texts. These stay. */
const SERVICE_ID = /^(?:SdkAppId|IvrId|TaskId|CampaignId|SkillGroupId|AIAgentId|RequestId|TraceId)$/;

/** What a finding about a parameter is called: it has names and limits of rules in it, and nothing that was sent. */
const PARAMETER_MISTAKE = /^(?:InvalidParameter|MissingParameter|UnknownParameter)/;

/** Headers of the protocol, whose digits are not phone numbers. These stay. */
const KEPT_HEADERS: ReadonlySet<string> = new Set([
  'authorization',
  'content-length',
  'date',
  'host',
  'x-tc-content-sha256',
  'x-tc-requestid',
  'x-tc-timestamp',
  'x-tc-traceid',
  'x-tc-version',
]);

/** A text with the digits of everything that may be a phone number hidden, except the last two. */
export function maskText(text: string): string {
  return text.replaceAll(LONG_RUN, (run) => {
    const digits = run.replaceAll(/\P{Nd}/gu, '').length;
    let seen = 0;
    return run.replaceAll(/\p{Nd}/gu, (digit) => (++seen > digits - 2 ? digit : '•'));
  });
}

/** The value of a header with its phone numbers hidden. */
export function maskHeader(name: string, value: string): string {
  return KEPT_HEADERS.has(name) ? value : maskText(value);
}

/** What is wrong with a request, with its phone numbers hidden; the limits of the rules stay. */
export function maskFinding({ mistake, says }: { mistake: string; says: string }): string {
  return PARAMETER_MISTAKE.test(mistake) ? says : maskText(says);
}

/** A canonical request with the phone numbers in its headers hidden. */
export function maskCanonical(text: string): string {
  return text.replaceAll(
    /^([^:\n]+):(.*)$/gm,
    (_line, name: string, value: string) => `${name}:${maskHeader(name, value)}`,
  );
}

/**
 * JSON with its phone numbers hidden: in texts, in names, and in numbers, unless their name says that they are something
 * else.
 */
export function maskJson(value: unknown, name = ''): unknown {
  if (typeof value === 'string') return SERVICE_ID.test(name) ? value : maskText(value);
  if (typeof value === 'number') return mayBePhone(value, name) ? maskText(String(value)) : value;
  if (Array.isArray(value)) return value.map((item) => maskJson(item, name));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([inner, one]) => [
      maskText(inner),
      maskJson(one, PHONE_NAME.test(name) ? name : inner),
    ]),
  );
}

function mayBePhone(value: number, name: string): boolean {
  return PHONE_NAME.test(name) || (Math.abs(value) >= LEAST_PHONE && !ID_NAME.test(name));
}
