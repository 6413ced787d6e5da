// Reads the sheet of a workbook in a process of its own: with the reader of the plan, with exceljs's stream, or with yauzl and saxes
// alone, which hear every cell and look up every shared text in an array. How much processor time it takes, of all its threads, so that
// other work on the machine counts less, and the most memory that it has.
import { createReadStream } from 'node:fs';
import { StringDecoder } from 'node:string_decoder';

const [kind, file, small, reader] = process.argv.slice(2);

const kinds = {
  async ours(path) {
    const { openSheet } = await import(reader);
    const sheet = await openSheet(createReadStream(path), { what: 'The list', advice: '' });
    let count = 0;
    for await (const rows of sheet.rows) count += rows.length;
    sheet.close();
    return count;
  },
  async exceljs(path) {
    const { default: ExcelJS } = await import('exceljs');
    let count = 0;
    const options = { worksheets: 'emit', sharedStrings: 'cache', styles: 'cache' };
    for await (const sheet of new ExcelJS.stream.xlsx.WorkbookReader(path, options))
      for await (const row of sheet) if (row.values.length > 0) count++;
    return count;
  },
  async bare(path) {
    const { openPromise } = await import('yauzl');
    const zip = await openPromise(path, { lazyEntries: true, autoClose: false });
    const entries = new Map();
    await new Promise((resolve, reject) => {
      zip.on('entry', (entry) => {
        entries.set(entry.fileName, entry);
        zip.readEntry();
      });
      zip.on('end', resolve).on('error', reject);
      zip.readEntry();
    });
    const strings = [];
    await heard(await zip.openReadStreamPromise(entries.get('xl/sharedStrings.xml')), {
      close: (name, text) => name === 't' && strings.push(text),
    });
    let count = 0;
    let row = [];
    let type;
    await heard(await zip.openReadStreamPromise(entries.get('xl/worksheets/sheet1.xml')), {
      open(name, attributes) {
        if (name === 'c') type = attributes.t;
        else if (name === 'row') row = [];
      },
      close(name, text) {
        if (name === 'v') row.push(type === 's' ? strings[Number(text)] : Number(text));
        else if (name === 'row') count++;
      },
    });
    zip.close();
    return count;
  },
};

async function heard(stream, { open, close }) {
  const { SaxesParser } = await import('saxes');
  const parser = new SaxesParser({ xmlns: false, position: false });
  const decoder = new StringDecoder('utf8');
  let text = '';
  parser.on('opentag', ({ name, attributes }) => {
    text = '';
    open?.(name, attributes);
  });
  parser.on('text', (found) => (text += found));
  parser.on('closetag', ({ name }) => close(name, text));
  for await (const piece of stream) parser.write(decoder.write(piece));
  parser.close();
}

await kinds[kind](small);
const before = process.cpuUsage();
const rows = await kinds[kind](file);
const { user, system } = process.cpuUsage(before);
const seconds = (user + system) / 1e6;
console.log(
  JSON.stringify({ rows, rowsPerSecond: rows / seconds, peakBytes: process.resourceUsage().maxRSS * 1024 }),
);
