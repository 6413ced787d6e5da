import type { MockInfo, RequestDetail } from './api.js';
import { maskJson, maskText } from './mask.js';

/** The body of a request as text, with its phone numbers only if they are shown. */
export function bodyOf({ params, request }: RequestDetail, showsNumbers: boolean): string {
  if (params !== undefined) return JSON.stringify(showsNumbers ? params : maskJson(params));
  const text = request?.body ?? '';
  try {
    return showsNumbers ? text : JSON.stringify(maskJson(JSON.parse(text)));
  } catch {
    return maskText(text);
  }
}

/** What `asCurl` needs of a request. */
export interface CurlRequest {
  action: string;
  version: string;
  service: string;
  body: string;
}

/**
 * A shell script that sends a request with curl, signed again by openssl. The secret key comes from the environment, or is
 * the documented one of the mock.
 */
export function asCurl(url: string, { action, version, service, body }: CurlRequest, defaults = ''): string {
  return `#!/bin/sh
set -eu
: ${defaults === '' ? '"${SECRET_ID:?}" "${SECRET_KEY:?}"' : defaults}
url=${quoted(url)}
${assigned('body', body)}
host=\${url#*://}
set -- $(date -u '+%s %Y-%m-%d')
timestamp=$1 scope=$2/${service}/tc3_request
sha256() { openssl dgst -sha256 -hex | sed 's/.*= *//'; }
hmac() { printf %s "$2" | openssl dgst -sha256 -mac HMAC -macopt "hexkey:$1" | sed 's/.*= *//'; }
canonical=$(printf 'POST\\n/\\n\\ncontent-type:application/json\\nhost:%s\\n\\ncontent-type;host\\n%s' \\
  "$host" "$(printf %s "$body" | sha256)")
text=$(printf 'TC3-HMAC-SHA256\\n%s\\n%s\\n%s' "$timestamp" "$scope" "$(printf %s "$canonical" | sha256)")
key=$(printf 'TC3%s' "$SECRET_KEY" | od -An -v -tx1 | tr -d ' \\n')
for part in "$2" ${service} tc3_request; do key=$(hmac "$key" "$part"); done
curl --silent --show-error "$url" \\
  --header 'Content-Type: application/json' \\
  --header ${quoted(`X-TC-Action: ${action}`)} \\
  --header ${quoted(`X-TC-Version: ${version}`)} \\
  --header "X-TC-Timestamp: $timestamp" \\
  --header "Authorization: TC3-HMAC-SHA256 Credential=$SECRET_ID/$scope, SignedHeaders=content-type;host, Signature=$(hmac "$key" "$text")" \\
  --data-raw "$body"
`;
}

/**
 * Characters that a terminal may take for commands, or that make a text look like another one: a copy is pasted before anybody
 * reads it. They are written as escapes.
 */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;
const EACH_UNSEEN = new RegExp(UNSEEN, 'gu');

/** A text as the shell takes it, whatever is in it. */
function quoted(text: string): string {
  return UNSEEN.test(text) ? `"$(printf -- ${formatOf(text)})"` : inQuotes(text);
}

/** A variable with a text. The shell cuts newlines off the end of what a command prints, so a full stop is put there. */
function assigned(name: string, text: string): string {
  if (!UNSEEN.test(text)) return `${name}=${inQuotes(text)}`;
  return `${name}=$(printf -- ${formatOf(`${text}.`)})\n${name}=\${${name}%.}`;
}

function inQuotes(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

/**
 * A text as the format of `printf`. No variable of a shell can hold a NUL, so it is left out. A shell that one types into takes
 * "!" for a command of an earlier line, also within quotes.
 */
function formatOf(text: string): string {
  const format = text.replaceAll('\0', '').replaceAll('\\', '\\\\').replaceAll('%', '%%');
  return inQuotes(format.replaceAll(EACH_UNSEEN, inOctal).replaceAll('!', inOctal));
}

function inOctal(character: string): string {
  const bytes = [...new TextEncoder().encode(character)];
  return bytes.map((byte) => `\\${byte.toString(8).padStart(3, '0')}`).join('');
}

/** A program that makes the same call with this SDK. Its credentials come from the environment. */
export function asTypeScript(url: string, action: string, body: string): string {
  return `import { OutboundClient } from '@tccc/outbound';

// Credentials come from TENCENTCLOUD_SECRET_ID and TENCENTCLOUD_SECRET_KEY.
const client = new OutboundClient({ endpoint: '${url}' });
console.log(await client.${methodOf(action)}(${literalOf(JSON.parse(body))}));
await client.close();
`;
}

/** JSON as a program has it. What is unseen can only be in its texts; the line ends are its own. */
function literalOf(value: unknown): string {
  return JSON.stringify(value, undefined, 2)
    .split('\n')
    .map((line) => line.replaceAll(EACH_UNSEEN, inUnicode))
    .join('\n');
}

function inUnicode(character: string): string {
  const units = Array.from({ length: character.length }, (_, index) => character.charCodeAt(index));
  return units.map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`).join('');
}

/** Whether there is a method for it, and what it takes can be written. */
export function hasTypeScript(mock: MockInfo | undefined, action: string, body: string): boolean {
  if (mock?.actions.some(({ name }) => name === action) !== true) return false;
  try {
    return typeof JSON.parse(body) === 'object';
  } catch {
    return false;
  }
}

/** `CreateAutoCalloutTask` becomes `createAutoCalloutTask`, and `AIThing` becomes `aiThing`, as the client has them. */
function methodOf(action: string): string {
  return action.replace(/^[A-Z]+(?=[A-Z][a-z])|^[A-Z]+/, (start) => start.toLowerCase());
}
