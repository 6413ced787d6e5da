// What asks for credentials: one module, loaded when the first source is asked.
export { readEnvironment } from './asking/env.js';
export { searchFiles } from './asking/search-files.js';
export { askInTurn } from './asking/chain.js';
export { askMetadata } from './asking/cvm-role.js';
export { assumeRole, assumeRoleOfPod } from './asking/sts.js';
export { askUsual } from './asking/usual.js';
