import { buffer } from 'node:stream/consumers';
import { Readable } from 'node:stream';
import { reportPage } from '../src/report/page.js';
import { common, numbers, runAll, setUp, template } from './support.js';

/** A number that is in the list twice, and so in the page. */
export const [TWICE] = numbers(1) as [string];

/** A run in which something of everything has happened: accepted and unknown chunks, and lines that are left out. */
export async function eventfulRun() {
  const { engine, client, ledger } = await setUp();
  engine.faults.add({ fault: 'internal-error', action: template.action, nth: 2, strikes: 'before' });
  const input = [...numbers(60), TWICE, 'nobody', '<img src=x onerror=alert(1)>', ''];
  const { report } = await runAll({
    ...common,
    name: `Spring <b> for ${TWICE.slice(1)}`,
    client,
    ledger,
    input,
    concurrency: 1,
  });
  return { ledger, report };
}

export async function pageOf(ledger: string, isWhole = false): Promise<string> {
  return (await buffer(Readable.from(reportPage(ledger, isWhole)))).toString();
}
