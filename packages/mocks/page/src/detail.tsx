import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { RequestDetail } from './api.js';
import { ask } from './api.js';
import { asCurl, asTypeScript, bodyOf, hasTypeScript } from './copies.js';
import { CopyButton } from './copy-button.js';
import { Code } from './code.js';
import { maskCanonical, maskFinding, maskHeader, maskText } from './mask.js';
import { mock, selected, showsNumbers } from './state.js';

/** Longest text that is shown without being asked for all of it, in characters. */
const SHOWN_FIRST = 20_000;

/** Everything about the request that is selected. */
export function Detail() {
  const found = useSignal<RequestDetail | undefined>(undefined);
  const failure = useSignal('');
  const sequence = selected.value;
  // Another one may be selected before the answer is there.
  const latest = useRef(sequence);
  latest.current = sequence;
  useEffect(() => {
    if (sequence === undefined) return;
    ask<RequestDetail>(`page/request?sequence=${sequence}`).then(
      (detail) => {
        if (latest.current !== sequence) return;
        found.value = detail;
        failure.value = '';
      },
      (error: unknown) => {
        if (latest.current !== sequence) return;
        found.value = undefined;
        failure.value = (error as Error).message;
      },
    );
  }, [sequence]);
  if (sequence === undefined) return null;
  const detail = found.value;
  return (
    <section id="detail" class="detail" tabIndex={-1} aria-label={`Request ${sequence}`}>
      <header>
        <h2>Request {sequence}</h2>
        <button type="button" onClick={closeDetail}>
          Close
        </button>
      </header>
      {failure.value !== '' && <p class="failure">{failure.value}</p>}
      {detail !== undefined && detail.entry.sequence === sequence && <Found detail={detail} />}
    </section>
  );
}

/** Closes it, and goes back to the list. */
export function closeDetail(): void {
  selected.value = undefined;
  document.querySelector<HTMLElement>('.list')?.focus();
}

function Found({ detail }: { detail: RequestDetail }) {
  const { entry, diagnosis, canonicalRequest, stringToSign, request, paramsLength } = detail;
  const body = bodyOf(detail, showsNumbers.value);
  const definition = mock.value?.actions.find(({ name }) => name === entry.action);
  const { version = '', service = '' } = definition ?? mock.value?.actions[0] ?? {};
  const isWhole = detail.params !== undefined || request?.body !== undefined;
  const show = (text: string) => (showsNumbers.value ? text : maskText(text));
  return (
    <>
      <p class="what">
        <strong>{entry.action || '(no action)'}</strong> <code>{entry.code || 'answered by a fault'}</code>{' '}
        <small>{entry.requestId}</small>
      </p>
      <p class="actions">
        {isWhole && (
          <CopyButton
            label="Copy as curl"
            text={() => asCurl(location.origin, { action: entry.action, version, service, body })}
          />
        )}
        {isWhole && hasTypeScript(mock.value, entry.action, body) && (
          <CopyButton
            label="Copy as TypeScript"
            text={() => asTypeScript(location.origin, entry.action, body)}
          />
        )}
      </p>
      {diagnosis.length > 0 && (
        <div class="diagnosis">
          <h3>Why it was refused</h3>
          <ul>
            {diagnosis.map((finding) => (
              <li key={finding.says}>
                <code>{finding.mistake}</code> {showsNumbers.value ? finding.says : maskFinding(finding)}
              </li>
            ))}
          </ul>
        </div>
      )}
      {entry.scriptError !== undefined && <p class="failure">The script failed: {show(entry.scriptError)}</p>}
      {canonicalRequest !== undefined && (
        <Text
          title="Canonical request, as the mock computed it"
          text={showsNumbers.value ? canonicalRequest : maskCanonical(canonicalRequest)}
        />
      )}
      {stringToSign !== undefined && <Text title="String to sign" text={stringToSign} />}
      {isWhole ? (
        <Text title="Body" text={pretty(body)} />
      ) : (
        <p>
          {paramsLength === undefined
            ? 'The body is not kept.'
            : `The body is too long to be shown here: ${paramsLength} characters.`}
        </p>
      )}
      {request === undefined ? (
        <p>Headers are kept for the latest 1,000 requests.</p>
      ) : (
        <Headers request={request} />
      )}
    </>
  );
}

function Headers({ request: { method, path, headers } }: { request: NonNullable<RequestDetail['request']> }) {
  return (
    <>
      <h3>Headers</h3>
      <p>
        <code>
          {method} {showsNumbers.value ? path : maskText(path)}
        </code>
      </p>
      <dl>
        {Object.entries(headers).map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{showsNumbers.value ? value : maskHeader(name, value)}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}

function Text({ title, text }: { title: string; text: string }) {
  const showsAll = useSignal(false);
  const isCut = !showsAll.value && text.length > SHOWN_FIRST;
  return (
    <>
      <h3>{title}</h3>
      <pre tabIndex={0} role="region" aria-label={title}>
        <Code text={isCut ? text.slice(0, SHOWN_FIRST) : text} />
      </pre>
      {isCut && (
        <button type="button" onClick={() => (showsAll.value = true)}>
          Show all {text.length} characters
        </button>
      )}
    </>
  );
}

function pretty(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), undefined, 2);
  } catch {
    return body;
  }
}
