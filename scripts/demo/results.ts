/** `pnpm demo:results`: from a list to what became of each of its numbers, against the mock, with pushes that get lost. */
import { runResultsDemo } from './results-scenes.js';

const { page } = await runResultsDemo((line) => console.log(line), process.argv[2] ?? 'tccc-results.html');
console.log(`\nThe page: ${page}`);
