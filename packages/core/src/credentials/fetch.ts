// What asks for credentials, apart from the environment: one module, loaded when the first of these sources is asked.
export { searchFiles } from './file-search.js';
export { askMetadata } from './metadata.js';
export { assumeRole, assumeRoleOfPod } from './sts.js';
