import { runTruth } from './harness.js';
import { describeReport } from './report.js';
const [seed, calls] = process.argv.slice(2).map(Number);
const found = await runTruth({ seed: seed!, calls: calls! });
console.log(describeReport(found), found.codes, found.faults.size);
console.log(process.getActiveResourcesInfo());
