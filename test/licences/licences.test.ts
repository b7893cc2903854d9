/** Everything that ships is named with its licence, and none of the licences asks more than naming. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const root = join(import.meta.dirname, '..', '..');
const list = readFileSync(join(root, 'THIRD-PARTY.md'), 'utf8');
const own = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { dependencies: Record<string, string> };

it('THIRD-PARTY.md names every dependency in its version', () => {
  for (const [name, version] of Object.entries(own.dependencies)) expect(list, name).toContain(`| ${name} | ${version.replace(/^[\^~]/, '')} |`);
});

it('no licence forbids shipping the product under MIT', () => {
  const strict = list.split('\n').filter((row) => /\|\s*(A?GPL|LGPL|SSPL|UNLICENSED)/i.test(row) && !/ OR /i.test(row));
  expect(strict).toEqual([]);
});

it('oRPC is pinned to exactly the version that is not the relic', () => {
  const pinned = Object.entries(own.dependencies).filter(([name]) => name.startsWith('@orpc/'));
  expect(pinned.length).toBeGreaterThan(0);
  for (const [name, version] of pinned) expect(version, name).toBe('1.16.1');
});

it('the lock file names no address of a registry', () => {
  expect(readFileSync(join(root, 'package-lock.json'), 'utf8')).not.toContain('"resolved"');
});
