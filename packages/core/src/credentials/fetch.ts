// What asks for credentials: one module, loaded when the first source is asked.
export { readEnvironment } from './environment.js';
export { searchFiles } from './file-search.js';
export { askInTurn } from './in-turn.js';
export { askMetadata } from './metadata.js';
export { assumeRole, assumeRoleOfPod } from './sts.js';
export { askUsual } from './usual.js';
