/**
 * npm test: installs what is missing, then types, lint with the import rules, and every test there is. Ends with one line,
 * `N passed, N failed`, summed over all runners; fails when any failed or when nothing ran.
 * Words after `--` go to vitest (a file name runs that file only).
 */
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { bin, ensurePackages, ensurePage, projectNode, run, scratch } from './lib.mjs';
import { startPostgres } from './postgres.mjs';
import { ensureTools } from './tools.mjs';

ensurePackages();
ensureTools();

const total = { passed: 0, failed: 0, skipped: 0 };
const node = projectNode();

/** One check that passes or fails as a whole. */
async function check(name, args) {
  const begun = Date.now();
  const code = await run(node, args);
  total[code === 0 ? 'passed' : 'failed'] += 1;
  process.stdout.write(`${code === 0 ? 'ok' : 'FAILED'} ${name} (${((Date.now() - begun) / 1000).toFixed(1)} s)\n`);
}

for (const room of ['common', 'main', 'preload', 'renderer', 'test']) {
  await check(`types of ${room}`, [bin('typescript', 'tsc'), '-p', `tsconfig.${room}.json`, '--pretty', 'false']);
}
await check('lint and import rules', [bin('oxlint'), '--deny-warnings']);
await ensurePage();

const report = join(scratch(), 'vitest.json');
rmSync(report, { force: true });
const postgres = await startPostgres();
try {
  await run(node, [bin('vitest'), 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`, ...process.argv.slice(2)], {
    // The witness of throw-away data folders goes away with them.
    env: { ...process.env, PACKBENCH_WITNESS_DIR: join(scratch(), 'witness'), ...(postgres && { PACKBENCH_TEST_PG_URL: postgres.url }) },
  });
} finally {
  await postgres?.stop();
}
countVitest();

const ran = total.passed + total.failed;
process.stdout.write(`${total.passed} passed, ${total.failed} failed${total.skipped > 0 ? `, ${total.skipped} skipped` : ''}\n`);
process.exitCode = total.failed > 0 || ran === 0 ? 1 : 0;

function countVitest() {
  let result;
  try {
    result = JSON.parse(readFileSync(report, 'utf8'));
  } catch {
    process.stdout.write('FAILED vitest wrote no report\n');
    total.failed += 1;
    return;
  }
  total.passed += result.numPassedTests;
  total.failed += result.numFailedTests;
  total.skipped += result.numPendingTests + result.numTodoTests;
  // A file that cannot even be loaded has no tests that could fail; it counts as one.
  const broken = result.testResults.filter((file) => file.status === 'failed' && file.assertionResults.every((test) => test.status !== 'failed'));
  total.failed += broken.length;
  if (result.numTotalTests === 0) total.failed += 1;
}
