import { describe, expect, it } from 'vitest';
import { runCli } from '../cli.ts';

async function run(args: readonly string[], input: readonly string[]): Promise<{ code: number; out: string[]; err: string }> {
  let out = '';
  let err = '';
  const code = await runCli(['parse-address', ...args], {
    stdout: (text) => void (out += text),
    stderr: (text) => void (err += text),
    lines: async function* () {
      yield* input;
    },
    env: {},
  });
  return { code, out: out.split('\n').filter((line) => line !== ''), err };
}

describe('packbench parse-address', () => {
  it('answers each JSON string with one JSON object on one line', async () => {
    const { code, out } = await run(['--json'], [JSON.stringify('陈青禾 18412340001-1234\n北京市朝阳区望京街道听松路18号'), '', JSON.stringify('朝阳区望舒街12号 严知秋 13800000002')]);
    expect(code).toBe(0);
    expect(out.length).toBe(2);
    expect(JSON.parse(out[0] ?? '')).toMatchObject({ name: '陈青禾', phone: '18412340001', extension: '1234', province: '北京市', city: '北京市', district: '朝阳区', town: '望京街道', detail: '听松路18号', note: '', ambiguities: [] });
    expect(JSON.parse(out[1] ?? '')).toMatchObject({ province: '', city: '', district: '朝阳区', ambiguities: [{ candidates: ['北京市/北京市/朝阳区', '吉林省/长春市/朝阳区'] }] });
  });

  it('says which line is no JSON string, reads the others and fails', async () => {
    const { code, out } = await run(['--json'], ['{"a":1}', 'not json', JSON.stringify('陈青禾 13800000001 浙江省杭州市西湖区听松路7号')]);
    expect(code).toBe(1);
    expect(out.map((line) => JSON.parse(line) as Record<string, unknown>).map((one) => 'error' in one)).toEqual([true, true, false]);
  });

  it('prints a readable line without --json', async () => {
    const { code, out } = await run([], ['陈青禾 13800000001 浙江省杭州市西湖区听松路7号']);
    expect(code).toBe(0);
    expect(out[0]).toContain('陈青禾 | 13800000001 | 浙江省 杭州市 西湖区 听松路7号');
  });
});
