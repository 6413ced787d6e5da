import { readFileSync, readdirSync } from 'node:fs';
import { defineConfig } from 'vitepress';
import { sections } from '../map.js';

const at = (path: string) => new URL(`../pages/${path}`, import.meta.url);
const actions = readdirSync(at('reference')).filter((file) => file !== 'index.md');
const titleOf = (file: string) => /^# (.+)/m.exec(readFileSync(at(`reference/${file}`), 'utf8'))?.[1] ?? file;

/** TypeDoc's page of `@tccc/bulk/redis` is `bulk/src/redis.md`. */
const modules = readdirSync(at('api'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.md') && file !== 'index.md')
  .map((file) => file.replace('.md', ''))
  .map((page) => ({ text: `@tccc/${page.replace('/src', '')}`, link: `/api/${page}` }))
  .sort((a, b) => (a.text < b.text ? -1 : 1));

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
      '/api/': [{ text: 'API', items: modules }],
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
