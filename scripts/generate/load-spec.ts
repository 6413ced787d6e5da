import { factProblems } from './check/facts.js';
import { grammarProblems } from './check/grammar.js';
import { loadFiles, readFolder } from './read/load-folder.js';
import { SpecRefused } from './read/problems.js';
import type { Spec, SpecDocument } from './read/spec.js';

/** Reads a spec folder, and refuses it with everything that is wrong with it. */
export async function loadSpec(folder: string): Promise<Spec> {
  return readSpec(await readFolder(folder));
}

/** The same for the files of a folder that has been read: texts by name. */
export function readSpec(files: ReadonlyMap<string, string>): Spec {
  const loaded = loadFiles(files);
  const grammar = grammarProblems(loaded);
  if (grammar.length > 0) throw new SpecRefused(grammar);
  const document = loaded.document as unknown as SpecDocument;
  const facts = factProblems(document, loaded.places);
  if (facts.length > 0) throw new SpecRefused(facts);
  return { document, places: loaded.places };
}
