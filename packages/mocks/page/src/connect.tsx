import { useSignal } from '@preact/signals';
import { Code } from './code.js';
import { CopyButton } from './copy-button.js';
import { recipesFor } from './recipes.js';
import { mock } from './state.js';

/** How to point a client at this mock. */
export function Connect() {
  const chosen = useSignal(0);
  const { secretIds = [], isDefaultKey = true } = mock.value ?? {};
  const secretId = secretIds[0] ?? 'AKIDmock';
  const secretKey = isDefaultKey ? 'mock-secret-key' : 'YOUR_SECRET_KEY';
  const recipes = recipesFor({ url: location.origin, secretId, secretKey });
  const recipe = recipes[chosen.value]!;
  return (
    <div class="connect">
      <p>
        The mock listens at <code>{location.origin}</code> and knows the secret id <code>{secretId}</code>
        {isDefaultKey ? (
          <>
            {' '}
            with the secret key <code>mock-secret-key</code>
          </>
        ) : (
          ' with the secret key that you gave it'
        )}
        . Point a client at it:
      </p>
      <p class="actions">
        {recipes.map(({ name }, index) => (
          <button
            key={name}
            type="button"
            aria-pressed={index === chosen.value}
            onClick={() => (chosen.value = index)}
          >
            {name}
          </button>
        ))}
      </p>
      <pre class="whole" tabIndex={0} role="region" aria-label={recipe.name}>
        <Code text={recipe.text} />
      </pre>
      <CopyButton key={recipe.name} label="Copy" text={() => recipe.text} />
      {location.protocol === 'https:' && (
        <p>The client must trust the certificate whose path the mock printed as “ca”.</p>
      )}
    </div>
  );
}
