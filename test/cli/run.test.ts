/** The main job without a screen: real platforms' files to a printer on TCP and to a folder, in both label languages. */
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { runCli } from '../../main/entry/cli.ts';
import { createVirtualPrinter } from '../virtual-printer/printer.ts';

const samples = join(import.meta.dirname, '..', 'fixtures', 'samples');
const cleanUp: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const step of cleanUp.splice(0).reverse()) await step();
});

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'packbench-run-'));
  cleanUp.push(() => rmSync(made, { recursive: true, force: true }));
  return made;
}

interface Report {
  orders: number;
  parcels: number;
  labels: { order: string; number: string | null; state: string; file: string | null; failure?: { code: string } }[];
  rejected: { file: string; row: number; reason: string }[];
  flagged: { order: string; reason: string }[];
}

async function packbench(...args: string[]): Promise<{ code: number; report: Report; error: string }> {
  let out = '';
  let error = '';
  const code = await runCli(args, { stdout: (text) => void (out += text), stderr: (text) => void (error += text), lines: async function* () {}, env: {} });
  return { code, report: (out.startsWith('{') ? JSON.parse(out) : {}) as Report, error };
}

describe('packbench run', () => {
  it('prints the Taobao sample to a folder, says what it refused, and prints nothing twice when run again', async () => {
    const home = folder();
    const args = ['run', '--orders', join(samples, 'taobao-orders-gbk.csv'), join(samples, 'taobao-items-gbk.csv'), '--shop', '大唐袜铺', '--numbers', 'YT8800000000001+500', '--printer', `virtual:${join(home, 'paper')}`, '--data', join(home, 'data'), '--out', join(home, 'out'), '--json'];
    const first = await packbench(...args);
    expect(first.error).toBe('');
    expect(first.code).toBe(0);
    const { report } = first;
    expect(report.orders).toBe(196);
    expect(report.rejected.map((row) => row.row).toSorted((a, b) => a - b)).toHaveLength(2);
    expect(report.labels.every((label) => label.state === 'printed')).toBe(true);
    expect(report.labels.length + report.flagged.length).toBeGreaterThanOrEqual(106);
    expect(new Set(report.labels.map((label) => label.number)).size).toBe(report.labels.length);
    expect(readdirSync(join(home, 'out'))).toHaveLength(report.labels.length);
    expect(readdirSync(join(home, 'paper')).filter((name) => name.endsWith('.tspl'))).toHaveLength(report.labels.length);

    const second = await packbench(...args);
    expect(second.code).toBe(0);
    expect(second.report.labels).toEqual([]);
    expect(readdirSync(join(home, 'paper')).filter((name) => name.endsWith('.tspl'))).toHaveLength(report.labels.length);
  }, 120_000);

  it.each(['tspl', 'zpl'] as const)('prints the Pinduoduo sample to a %s printer on TCP: what is on paper is what the ledger says', async (language) => {
    const home = folder();
    const printer = await createVirtualPrinter({ language, port: 0, labelMs: 5, decode: false });
    cleanUp.push(() => printer.close());
    const { code, report, error } = await packbench(
      'run', '--orders', join(samples, 'pdd-orders-utf8bom.csv'), '--shop', '拼多多店', '--numbers', 'YT8800000000001+500', '--limit', '12',
      '--printer', `tcp://127.0.0.1:${printer.port}?language=${language}`, '--data', join(home, 'data'), '--json',
    );
    expect(error).toBe('');
    expect(code).toBe(0);
    expect(report.labels).toHaveLength(12);
    const labels = await printer.waitForLabels(12, 20_000);
    const onPaper = labels.flatMap((label) => [...new Set(label.native.filter((one) => /^YT\d{13}$/.test(one.text)).map((one) => one.text))]);
    expect(onPaper).toEqual(report.labels.map((label) => label.number));
  }, 120_000);

  it('stops before paper and keeps every number when there are too few', async () => {
    const home = folder();
    const { code, report } = await packbench('run', '--orders', join(samples, 'pdd-orders-utf8bom.csv'), '--shop', '拼', '--numbers', 'YT8800000000001+5', '--limit', '8', '--printer', `virtual:${join(home, 'paper')}`, '--data', join(home, 'data'), '--json');
    expect(code).toBe(1);
    expect(report.labels.filter((label) => label.state === 'printed')).toHaveLength(5);
    const without = report.labels.filter((label) => label.state !== 'printed');
    expect(without.map((label) => label.failure?.code)).toEqual(['ACCOUNT_EMPTY', 'ACCOUNT_EMPTY', 'ACCOUNT_EMPTY']);
    expect(without.every((label) => label.number === null)).toBe(true);
  }, 60_000);

  it.each([
    [['--printer', 'ftp://nowhere'], 'PRINTER_ADDRESS_BAD'],
    [['--printer', 'tcp://127.0.0.1:9?language=pcl'], 'LANGUAGE_UNKNOWN'],
    [['--printer', 'virtual:/tmp/x', '--template', 'builtin:no-such'], 'NOT_FOUND'],
  ])('says what is wrong: %j', async (more, expected) => {
    const home = folder();
    const file = join(home, 'orders.csv');
    writeFileSync(file, '订单编号,订单状态,收货人姓名,收货地址,联系手机,宝贝标题\n4000000000000000001,"买家已付款，等待卖家发货",试甲,浙江省 杭州市 西湖区 试路1号,13900000001,袜\n');
    const { code, error } = await packbench('run', '--orders', file, '--shop', '试', '--numbers', 'YT8800000000001+5', '--data', join(home, 'data'), ...more);
    expect(code).toBe(1);
    expect(error).toContain(expected);
  }, 60_000);

  it('names a file that is not there', async () => {
    const { code, error } = await packbench('run', '--orders', '/nowhere/orders.csv', '--shop', 'x', '--printer', 'virtual:/tmp/x', '--data', folder());
    expect(code).toBe(1);
    expect(error).toContain('/nowhere/orders.csv');
  });
});
