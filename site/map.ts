/** Which page of the repository becomes which page of the site. Everything else of the site is made from the sources. */
export interface Page {
  /** In the repository. */
  from: string;
  /** On the site, without `.md`. */
  to: string;
  title: string;
}

/** A part of the navigation. */
export interface Section {
  title: string;
  pages: readonly Page[];
}

const doc = (name: string, title: string, to = name): Page => ({ from: `docs/${name}.md`, to, title });

export const sections: readonly Section[] = [
  {
    title: 'Start',
    pages: [
      { from: 'site/content/start.md', to: 'start', title: 'Start in five minutes' },
      { from: 'site/content/cookbook.md', to: 'cookbook', title: 'Cookbook' },
      doc('migration', 'Migrate from the official SDK'),
      { from: 'examples/README.md', to: 'examples', title: 'Example programs' },
      { from: 'README.md', to: 'about', title: 'What this is' },
    ],
  },
  {
    title: 'When something happens',
    pages: [
      doc('errors', 'Errors by code'),
      doc('after-the-call', 'After an unknown outcome'),
      doc('outcomes', 'What a call reports, fault by fault'),
      doc('diagnostics', 'See what it does'),
      doc('opentelemetry', 'Traces and metrics'),
      doc('shutdown', 'Shut down gracefully'),
    ],
  },
  {
    title: 'Guides',
    pages: [
      doc('options', 'Options'),
      doc('credentials', 'Credentials'),
      doc('pacing', 'Pacing'),
      doc('bulk', 'Long lists'),
      doc('lists', 'What a list may look like'),
      doc('results', 'From a list to its results'),
      doc('fleet', 'A fleet'),
      doc('other-actions', 'Other actions'),
      doc('proxy', 'Proxies'),
      doc('dispatchers', 'Dispatchers'),
      doc('typescript', 'TypeScript and CommonJS'),
      doc('bundling', 'Bundling, Next.js, NestJS'),
    ],
  },
  {
    title: 'Test offline',
    pages: [
      { from: 'packages/mocks/README.md', to: 'mocks', title: 'The mock' },
      doc('mock', 'The mock in detail', 'mock'),
    ],
  },
  {
    title: 'Trust',
    pages: [
      doc('promises', 'Promises and their tests'),
      doc('policy', 'Versions and support'),
      { from: 'SECURITY.md', to: 'security', title: 'Security' },
      { from: 'docs/bench/README.md', to: 'benchmarks', title: 'Benchmarks' },
      { from: 'ARCHITECTURE.md', to: 'architecture', title: 'Architecture' },
      { from: 'CONTRIBUTING.md', to: 'contributing', title: 'Contributing' },
      { from: 'spec/README.md', to: 'spec', title: 'The spec' },
    ],
  },
  {
    title: 'Packages',
    pages: ['outbound', 'bulk', 'events', 'otel', 'core'].map((name) => ({
      from: `packages/${name}/README.md`,
      to: `packages/${name}`,
      title: `@tccc/${name}`,
    })),
  },
];

export const pages: readonly Page[] = sections.flatMap((section) => section.pages);
