import { readEnvironment } from './env.js';
import { searchFiles } from './search-files.js';
import { askInTurn } from './chain.js';
import type { WantedRole } from './cvm-role.js';
import { askMetadata } from './cvm-role.js';
import { METADATA_CONNECT_TIME, METADATA_ORIGIN, METADATA_TIME } from '../metadata-options.js';
import { assumeRoleOfPod } from './sts.js';
import { STS_ORIGIN, STS_TIME } from '../sts-options.js';
import type { CredentialContext, Credentials } from '../types.js';

const MACHINE: WantedRole = {
  roleName: undefined,
  endpoint: METADATA_ORIGIN,
  connectTimeoutMs: METADATA_CONNECT_TIME.fallback,
  timeoutMs: METADATA_TIME.fallback,
};

/** Asks in the official order: environment, file, role of the virtual machine unless it is `false`, role of the pod. */
export function askUsual(
  machine: WantedRole | false = MACHINE,
): (context: CredentialContext) => Promise<Credentials> {
  return askInTurn([
    readEnvironment(process.env),
    searchFiles({ paths: undefined, profile: undefined }),
    ...(machine === false ? [] : [askMetadata(machine)]),
    assumeRoleOfPod({ endpoint: STS_ORIGIN, env: process.env, timeoutMs: STS_TIME.fallback }),
  ]);
}
