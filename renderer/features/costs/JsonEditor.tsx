import { Alert, Button, Input } from 'antd';
import { useEffect, useState } from 'react';
import { crossCheck, savedScenarioSchema } from '../../../common/domain/costs/scenario.ts';
import type { SavedScenario } from '../../../common/domain/costs/scenario.ts';
import { useCostsTexts } from './texts.ts';

/** The whole scenario as text, for everything the form has no field for. Applied only when every figure is right. */
export function JsonEditor({ scenario, onChange }: { scenario: SavedScenario; onChange: (scenario: SavedScenario) => void }) {
  const t = useCostsTexts();
  const [text, setText] = useState('');
  const [problems, setProblems] = useState<readonly { path: string; message: string }[]>([]);
  useEffect(() => {
    setText(JSON.stringify(scenario, undefined, 2));
    setProblems([]);
  }, [scenario]);

  function apply(): void {
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch (thrown) {
      setProblems([{ path: 'JSON', message: thrown instanceof Error ? thrown.message : String(thrown) }]);
      return;
    }
    const parsed = savedScenarioSchema.safeParse(value);
    if (!parsed.success) {
      setProblems(parsed.error.issues.map((issue) => ({ path: issue.path.join('.'), message: issue.message })));
      return;
    }
    const found = crossCheck(parsed.data);
    setProblems(found);
    if (found.length === 0) onChange(parsed.data);
  }
  return (
    <>
      <p className="muted" style={{ marginTop: 0 }}>{t('jsonHint')}</p>
      <Input.TextArea aria-label={t('json')} value={text} onChange={(event) => setText(event.target.value)} autoSize={{ minRows: 8, maxRows: 22 }} style={{ fontFamily: 'ui-monospace, monospace', fontSize: 12 }} spellCheck={false} />
      {problems.length > 0 && <Alert type="error" style={{ marginTop: 8 }} title={t('problems', { count: problems.length })} description={<ul>{problems.map((problem) => <li key={problem.path + problem.message}><code>{problem.path}</code> {problem.message}</li>)}</ul>} />}
      <Button style={{ marginTop: 8 }} onClick={apply}>{t('apply')}</Button>
    </>
  );
}
