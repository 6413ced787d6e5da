import type { CredentialProvider } from './types.js';

/** The default chain, which is loaded when it is first asked: a client that is given credentials never loads it. */
export function defaultProvider(): CredentialProvider {
  let chain: CredentialProvider | undefined;
  return async (context) => {
    chain ??= (await import('./chain.js')).defaultCredentials();
    return chain(context);
  };
}
