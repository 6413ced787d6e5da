/** `pnpm demo:bulk`: a long list with mistakes in it, against the mock, with faults and a crash in the middle. */
import { runBulkDemo } from './bulk-scenes.js';

await runBulkDemo((line) => console.log(line));
