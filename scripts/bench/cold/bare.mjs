import { report } from './report.mjs';

report(Promise.resolve());
