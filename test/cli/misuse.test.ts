/** What somebody types wrongly at the command line is said in plain words, with an exit code that is not 0 and no stack. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execFileSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCli } from '../../main/entry/cli.ts';
import { programFolder } from '../../main/platform/node/folders.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), '打包 台-'));
  writeFileSync(join(folder, '订单 表.csv'), '订单号,收件人,手机号,详细地址,商品名称,数量\r\nA1,张试,13800000001,浙江省杭州市西湖区听松路1号,袜子,1\r\n');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function packbench(...args: string[]): Promise<{ code: number; out: string; error: string }> {
  let out = '';
  let error = '';
  const code = await runCli(args, { stdout: (text) => void (out += text), stderr: (text) => void (error += text), lines: async function* () {}, env: {} });
  return { code, out, error };
}

describe('misuse', () => {
  it.each([
    ['a file that is not there', ['import', '--dry-run', '/nowhere/orders.csv'], 'there is no such file'],
    ['a folder instead of a file', ['import', '--dry-run', tmpdir()], 'it is a folder'],
    ['no shop to import into', ['import', 'x.csv'], '--shop is needed'],
    ['a data folder inside a file', ['import', 'FILE', '--shop', '甲', '--data', 'FILE/data'], 'is a file, not a folder'],
    ['a file where labels shall go', ['render', '--template', 'builtin:waybill-76x130', '--sample', 'typical', '--out', 'FILE'], 'a file of that name is there already'],
    ['a schema nobody knows', ['render', '--schema', 'foo'], 'one of data, template'],
    ['a port out of range', ['serve', '--port', '99999'], 'a whole number from 0 to 65535'],
    ['a scenario that is not there', ['cost', '/nowhere/mine.json'], 'there is no such file'],
    ['a bench nobody knows', ['bench', 'nothing'], 'there are labels,'],
    ['a command nobody knows', ['frobnicate'], 'unknown command'],
    ['an option nobody knows', ['import', '--frob'], 'unknown option'],
  ])('%s', async (_, args, words) => {
    const { code, error } = await packbench(...args.map((arg) => arg.replace('FILE', join(folder, '订单 表.csv'))));
    expect(code).not.toBe(0);
    expect(error).toContain(words);
    expect(error).not.toMatch(/\n\s+at /);
  });

  it('with --json the failure is on standard output too, and nothing else', async () => {
    const { code, out } = await packbench('import', '--dry-run', '/nowhere/orders.csv', '--json');
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({ error: { code: 'FILE_UNREADABLE', data: { reason: 'ENOENT' } } });
  });

  it('among several files one that is not there is one entry of the report', async () => {
    const { code, out } = await packbench('import', '--dry-run', '/nowhere/a.csv', join(folder, '订单 表.csv'), '/nowhere/b.csv', '--json');
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject([{ file: 'a.csv', error: { code: 'FILE_UNREADABLE' } }, { file: '订单 表.csv', orders: 1 }, { file: 'b.csv', error: { code: 'FILE_UNREADABLE' } }]);
  });

  it('a path is meant from where npm was called', () => {
    const run = (env: Record<string, string>, cwd: string): string => execFileSync(process.execPath, [join(programFolder(), 'main', 'entry', 'cli.ts'), 'import', '--dry-run', '订单 表.csv', '--json'], { cwd, env: { ...process.env, ...env }, encoding: 'utf8' });
    expect(JSON.parse(run({ INIT_CWD: folder, npm_lifecycle_event: 'packbench' }, programFolder()))).toMatchObject({ orders: 1 });
    expect(JSON.parse(run({ npm_lifecycle_event: 'test' }, folder))).toMatchObject({ orders: 1 });
  });
});
