import { useQuery } from '@tanstack/react-query';
import { Select, Spin, Tag } from 'antd';
import { useState } from 'react';
import { formatFen } from '../../../common/domain/costs/money.ts';
import { api } from '../../client/index.ts';
import { useLocale } from '../../i18n/index.ts';
import { Failure } from '../../ui/Failure.tsx';
import { integer } from '../../ui/format.ts';
import { useCostsTexts } from './texts.ts';

/** Several scenarios side by side. */
export function ScenarioComparison() {
  const t = useCostsTexts();
  const locale = useLocale();
  const [ids, setIds] = useState<string[]>([]);
  const { data: list } = useQuery(api.costs.scenarios.list.queryOptions());
  const compared = useQuery(api.costs.scenarios.compare.queryOptions({ input: { ids }, enabled: ids.length > 0 }));
  return (
    <div>
      <label htmlFor="cost-compare">{t('compareChoose')}</label>{' '}
      <Select id="cost-compare" mode="multiple" maxCount={20} style={{ minWidth: 420 }} value={ids} onChange={setIds} options={(list ?? []).map((entry) => ({ value: entry.id, label: entry.name }))} />
      {compared.isFetching && <Spin style={{ marginLeft: 12 }} />}
      {compared.error && <Failure error={compared.error} />}
      {compared.data && (
        <table className="costs-table" style={{ marginTop: 12 }} data-testid="cost-scenarios">
          <thead>
            <tr>
              <th scope="col">{t('scenario')}</th>
              <th scope="col" className="right">{t('count')}</th>
              <th scope="col" className="right">{t('perDay')}</th>
              <th scope="col">{t('perTicket')}</th>
              <th scope="col">{t('turnsAt')}</th>
            </tr>
          </thead>
          <tbody>
            {compared.data.map((entry) => (
              <tr key={entry.id}>
                <td>
                  {entry.name} {entry.example && <Tag color="orange">{t('example')}</Tag>}
                </td>
                <td className="right">{integer(entry.parcels, locale)}</td>
                <td className="right">{entry.perDay}</td>
                <td>
                  {entry.options.map((option) => (
                    <div key={option.id} style={option.id === entry.cheapest ? { fontWeight: 600 } : undefined}>
                      {option.perTicketFen === null ? '—' : formatFen(option.perTicketFen)} {option.name[locale]} {!option.complete && <Tag color="error">{t('incomplete')}</Tag>}
                    </div>
                  ))}
                </td>
                <td>
                  {entry.turns.map((turn) => (
                    <div key={`${turn.quote}${turn.perDay}`}>
                      {entry.options.find((option) => option.id === turn.quote)?.name[locale]}: {t('turns', { count: turn.perDay, who: turn.to === 'own' ? t('own') : t('cloud') })}
                    </div>
                  ))}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </div>
  );
}
