import { readFileSync, readdirSync } from 'node:fs';
import { defineConfig } from 'vitepress';
import { sections } from '../map.js';

const at = (path: string) => new URL(`../pages/${path}`, import.meta.url);
const actions = readdirSync(at('reference')).filter((file) => file !== 'index.md');
const titleOf = (file: string) => /^# (.+)/m.exec(readFileSync(at(`reference/${file}`), 'utf8'))?.[1] ?? file;
interface Item {
  text: string;
  link?: string;
  items?: Item[];
}

/** `bulk/src/redis` is what a user imports as `@tccc/bulk/redis`. */
const nameOf = (text: string) => text.replace(/^(\w+)\/src(\/index)?/, '@tccc/$1');
const modules = JSON.parse(readFileSync(at('api/typedoc-sidebar.json'), 'utf8')) as Item[];
const api = modules.map((item) => ({ ...item, text: nameOf(item.text) }));
const linkOf = ({ text }: Item, index: number): Item => ({ text, link: `/api/${modules[index]!.text}/src/` });

/** Of other packages the sidebar has the names: whatever it has is in each of hundreds of pages. */
const apiSidebars = Object.fromEntries(
  modules.map(({ text }, own) => [
    `/api/${text}/`,
    [{ text: 'API', items: api.map((item, index) => (index === own ? item : linkOf(item, index))) }],
  ]),
);

const guides = sections.map(({ title, pages }) => ({
  text: title,
  collapsed: !['Start', 'When something happens'].includes(title),
  items: pages.map((page) => ({ text: page.title, link: `/${page.to}` })),
}));

export default defineConfig({
  srcDir: 'pages',
  outDir: 'dist',
  cacheDir: '.vitepress/cache',
  title: 'tccc',
  description:
    'Outbound calls of Tencent Cloud Contact Center: never dials twice, never lies about what happened.',
  lang: 'en-GB',
  cleanUrls: true,
  themeConfig: {
    search: {
      provider: 'local',
      options: {
        miniSearch: { searchOptions: { boost: { title: 4, text: 1, titles: 2 } } },
        // The API reference is found by its own navigation; in the search it would hide the guides.
        _render: async (source, env, markdown) =>
          env.relativePath.startsWith('api/') ? '' : await markdown.renderAsync(source, env),
      },
    },
    outline: { level: [2, 3] },
    nav: [
      { text: 'Start', link: '/start' },
      { text: 'Errors', link: '/errors' },
      { text: 'Actions', link: '/reference/' },
      { text: 'API', link: '/api/' },
      { text: 'Changelog', link: '/changelog' },
    ],
    sidebar: {
      '/api/': [{ text: 'API', items: api.map(linkOf) }],
      ...apiSidebars,
      '/': [
        ...guides,
        {
          text: 'Actions',
          collapsed: true,
          items: [
            { text: 'All', link: '/reference/' },
            ...actions.map((file) => ({
              text: titleOf(file),
              link: `/reference/${file.replace('.md', '')}`,
            })),
          ],
        },
      ],
    },
  },
  head: [['style', {}, readFileSync(new URL('../style.css', import.meta.url), 'utf8')]],
  // The theme's home page says nowhere what its main part is.
  transformHtml: (html, id) =>
    id.endsWith('/index.html') && html.includes('VPHome')
      ? html.replace('id="VPContent"', 'id="VPContent" role="main"')
      : html,
});
