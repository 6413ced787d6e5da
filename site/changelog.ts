/** One thing that changed, and the packages that it changed, without their scope. */
interface Entry {
  text: string;
  packages: string[];
}

/**
 * The changelog of all packages, which have one version: what waits for the next release, then what each release had.
 *
 * @param changesets The texts of the changesets that wait.
 * @param released The CHANGELOG.md of each package that has one, by the name of the package without its scope.
 */
export function changelogPage(
  changesets: readonly string[],
  released: Readonly<Record<string, string>>,
): string {
  const waiting = changesets.map(entryOfChangeset);
  const releases = Object.entries(versionsOf(released)).map(([version, entries]) =>
    section(version, entries),
  );
  return [
    '# Changelog',
    'All packages have the same version. [What a version promises](./policy.md).',
    ...(waiting.length === 0 ? [] : [section('Next', waiting)]),
    ...releases,
  ].join('\n\n');
}

function section(title: string, entries: readonly Entry[]): string {
  const lines = entries.map(
    ({ text, packages }) => `- ${text} (${packages.map((name) => `\`${name}\``).join(', ')})`,
  );
  return `## ${title}\n\n${lines.join('\n')}`;
}

function entryOfChangeset(changeset: string): Entry {
  const [, head = '', text = ''] = changeset.split('---\n');
  const packages = [...head.matchAll(/@tccc\/(\w+)/g)].map(([, name]) => name!);
  return { text: text.trim().replaceAll('\n', ' '), packages };
}

/** A change of several packages is one entry. That a package depends on newer ones is left out. */
function versionsOf(released: Readonly<Record<string, string>>): Record<string, Entry[]> {
  const versions: Record<string, Entry[]> = {};
  for (const [name, text] of Object.entries(released))
    for (const part of text.split(/^## /m).slice(1)) {
      const entries = (versions[part.slice(0, part.indexOf('\n'))] ??= []);
      for (const [, found] of part.matchAll(/^- (?:[0-9a-f]{7,}: )(.+)$/gm)) {
        const same = entries.find((entry) => entry.text === found);
        if (same === undefined) entries.push({ text: found!, packages: [name] });
        else same.packages.push(name);
      }
    }
  return versions;
}
