/** Writes THIRD-PARTY.md: the software that ships with Packbench, by name, version and licence. `npm run third-party`. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './lib.mjs';

/** Bundled into the page at build time although it is no run-time dependency. */
const bundled = ['react', 'react-dom', 'antd', '@ant-design/icons', '@orpc/tanstack-query', '@tanstack/react-query', '@tanstack/react-virtual', 'echarts', 'i18next', 'react-i18next', 'partysocket', 'wouter', 'dayjs', 'electron'];

const own = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const seen = new Map();

function visit(name, from) {
  const folder = find(name, from);
  if (folder === undefined) return;
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const key = `${manifest.name}@${manifest.version}`;
  if (seen.has(key)) return;
  const licence = typeof manifest.license === 'string' ? manifest.license : (manifest.license?.type ?? manifest.licenses?.map((entry) => entry.type).join(' OR ') ?? 'see package');
  seen.set(key, { name: manifest.name, version: manifest.version, licence });
  if (manifest.name === 'electron') return;
  for (const dependency of Object.keys(manifest.dependencies ?? {})) visit(dependency, folder);
}

/** The folder of a package as Node would find it from `from`. */
function find(name, from) {
  for (let folder = from; ; folder = join(folder, '..')) {
    const candidate = join(folder, 'node_modules', name);
    if (existsSync(join(candidate, 'package.json'))) return candidate;
    if (folder === root || folder === '/') return undefined;
  }
}

for (const name of [...Object.keys(own.dependencies), ...bundled]) visit(name, root);
const rows = [...seen.values()].sort((left, right) => left.name.localeCompare(right.name)).map(({ name, version, licence }) => `| ${name} | ${version} | ${licence} |`);
writeFileSync(
  join(root, 'THIRD-PARTY.md'),
  `# Third-party software\n\nWhat ships with Packbench, made by \`npm run third-party\`. Licence texts are in each package; fonts and their licences are in [assets/fonts](assets/fonts/README.md). The pairs of Traditional and simplified characters in \`common/domain/addresses/traditional.ts\` are those of OpenCC (Apache-2.0).\n\n| package | version | licence |\n| --- | --- | --- |\n${rows.join('\n')}\n`,
);
process.stdout.write(`${rows.length} packages\n`);
