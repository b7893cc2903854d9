/** The rules of the house are checked by machine; here the machine is checked: each rule broken on purpose must be found. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..', '..');
let house: string;

/** A copy of the rules with an empty house around them. */
beforeAll(() => {
  house = mkdtempSync(join(tmpdir(), 'packbench-house-'));
  for (const file of ['.oxlintrc.json', 'tsconfig.base.json', 'tsconfig.common.json', 'tsconfig.renderer.json', 'tsconfig.preload.json', 'tsconfig.main.json']) cpSync(join(root, file), join(house, file));
  symlinkSync(join(root, 'node_modules'), join(house, 'node_modules'));
});
afterAll(() => rmSync(house, { recursive: true, force: true }));

function lint(file: string, text: string): { status: number | null; output: string } {
  const path = join(house, file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  try {
    const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, 'node_modules/oxlint/bin/oxlint'), '--deny-warnings', file], { cwd: house, encoding: 'utf8' });
    return { status, output: stdout + stderr };
  } finally {
    rmSync(path);
  }
}

describe('imports between rooms', () => {
  const violations: readonly (readonly [string, string])[] = [
    ['common/domain/a.ts', "import { readFileSync } from 'node:fs';\nexport const a = readFileSync;\n"],
    ['common/domain/a.ts', "import { x } from '../../main/x.ts';\nexport const a = x;\n"],
    ['renderer/features/a.ts', "import { x } from '../../main/x.ts';\nexport const a = x;\n"],
    ['renderer/features/a.ts', "import { app } from 'electron';\nexport const a = app;\n"],
    ['renderer/editor/core/a.ts', "import { useState } from 'react';\nexport const a = useState;\n"],
    ['preload/a.ts', "import { x } from '../main/x.ts';\nexport const a = x;\n"],
    ['main/features/orders/service.ts', "import { x } from '../shops/repository.ts';\nexport const a = x;\n"],
    ['main/features/parcels/service.ts', "import { x } from '../orders/repository/store.ts';\nexport const a = x;\n"],
    ['main/features/orders/service.ts', "import { app } from 'electron';\nexport const a = app;\n"],
    ['main/features/orders/service.ts', "import { x } from '../../platform/node/basics.ts';\nexport const a = x;\n"],
    ['main/printing/spool/a.ts', "import { x } from '../../features/orders/service.ts';\nexport const a = x;\n"],
    ['main/platform/node/a.ts', "import { app } from 'electron';\nexport const a = app;\n"],
    ['main/entry/a.ts', "import { x } from '../../test/core.ts';\nexport const a = x;\n"],
  ];
  it.each(violations)('%s is refused: %s', (file, text) => {
    const { status, output } = lint(file, text);
    expect(output).toContain('no-restricted-imports');
    expect(status).not.toBe(0);
  });

  it('an allowed import passes', () => {
    const { status, output } = lint('main/features/orders/service.ts', "import { join } from 'node:path';\nexport const a = join;\n");
    expect(output).toContain('0 errors');
    expect(status).toBe(0);
  });

  it('a cycle is refused', () => {
    writeFileSync(join(house, 'b.ts'), "import { a } from './a.ts';\nexport const b: unknown = a;\n");
    const { output } = lint('a.ts', "import { b } from './b.ts';\nexport const a: unknown = b;\n");
    rmSync(join(house, 'b.ts'));
    expect(output).toContain('no-cycle');
  });
});

describe('what a room’s types lack', () => {
  const violations: readonly (readonly [string, string, string])[] = [
    ['common', 'common/a.ts', 'export const a = document;\n'],
    ['common', 'common/a.ts', "export { readFileSync } from 'node:fs';\n"],
    ['main', 'main/a.ts', 'export const a = document;\n'],
    ['renderer', 'renderer/a.ts', 'export const a = process.pid;\n'],
  ];
  it.each(violations)('%s: %s cannot say %s', (room, file, text) => {
    const path = join(house, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    const { status, stdout } = spawnSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', `tsconfig.${room}.json`], { cwd: house, encoding: 'utf8' });
    rmSync(path);
    expect(status).not.toBe(0);
    expect(stdout).toMatch(/error TS(2304|2307|2580|2584|2591)/);
  });
});
