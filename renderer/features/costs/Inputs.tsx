import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Checkbox, DatePicker, Input, Segmented, Select } from 'antd';
import { useQuery } from '@tanstack/react-query';
import dayjs from 'dayjs';
import { useId } from 'react';
import { bothNames } from '../../../common/domain/costs/basics.ts';
import type { Name } from '../../../common/domain/costs/basics.ts';
import { provinces } from '../../../common/domain/costs/places.ts';
import type { FixedItem, Quote, SavedScenario } from '../../../common/domain/costs/scenario.ts';
import { api } from '../../client/index.ts';
import { useLocale } from '../../i18n/index.ts';
import { integer } from '../../ui/format.ts';
import { today } from '../../ui/today.ts';
import { JsonEditor } from './JsonEditor.tsx';
import { NumberField } from './fields.tsx';
import { useCostsTexts } from './texts.ts';

interface Props {
  readonly scenario: SavedScenario;
  readonly onChange: (scenario: SavedScenario) => void;
}

/** Every figure a comparison is made of; changing one changes the answer at once. */
export function Inputs({ scenario, onChange }: Props) {
  const t = useCostsTexts();
  return (
    <div className="costs-grid">
      <section className="costs-panel wide">
        <h2>{t('parcelsFrom')}</h2>
        <ParcelInputs scenario={scenario} onChange={onChange} />
      </section>
      <section className="costs-panel wide">
        <h2>{t('own')}</h2>
        <OwnInputs scenario={scenario} onChange={onChange} />
      </section>
      <section className="costs-panel wide">
        <h2>{t('quotes')}</h2>
        <QuoteInputs scenario={scenario} onChange={onChange} />
      </section>
      <section className="costs-panel wide">
        <h2>{t('json')}</h2>
        <JsonEditor scenario={scenario} onChange={onChange} />
      </section>
    </div>
  );
}

function ParcelInputs({ scenario, onChange }: Props) {
  const t = useCostsTexts();
  const locale = useLocale();
  const periodId = useId();
  const shopId = useId();
  const { parcels } = scenario;
  const { data: shops } = useQuery(api.shops.list.queryOptions({ input: {} }));
  const period = parcels.kind === 'history' ? parcels : undefined;
  const { data: history } = useQuery(api.costs.history.queryOptions({ input: { from: period?.from ?? '', to: period?.to ?? '', shopIds: period?.shopIds ?? [] }, enabled: period !== undefined }));
  const setParcels = (next: SavedScenario['parcels']): void => onChange({ ...scenario, parcels: next });

  function choose(kind: 'plan' | 'history'): void {
    if (kind === parcels.kind) return;
    if (kind === 'history') setParcels({ kind, from: today().subtract(3, 'month').startOf('month').format('YYYY-MM-DD'), to: today().subtract(1, 'month').endOf('month').format('YYYY-MM-DD'), shopIds: [] });
    else setParcels({ kind, startMonth: today().format('YYYY-MM'), months: 1, ordersPerDay: 100, parcelsPerOrderBp: 10_000, growthBpPerMonth: 0, mix: [{ parts: 1, province: '浙江', city: '', grams: 500, items: 1, cm3: 0, item: '', shop: '', box: '' }] });
  }
  return (
    <>
      <Segmented
        value={parcels.kind === 'real' ? 'real' : parcels.kind}
        onChange={(kind) => choose(kind as 'plan' | 'history')}
        options={[{ value: 'plan', label: t('plan') }, { value: 'history', label: t('history') }, ...(parcels.kind === 'real' ? [{ value: 'real', label: t('real') }] : [])]}
        style={{ marginBottom: 8 }}
      />
      <div className="costs-form">
        {parcels.kind === 'plan' && (
          <>
            {parcels.traffic ? (
              <>
                <NumberField label={t('visitors')} value={parcels.traffic.visitorsPerDay} onChange={(visitorsPerDay) => setParcels({ ...parcels, traffic: { visitorsPerDay, conversionBp: parcels.traffic?.conversionBp ?? 0 } })} />
                <NumberField label={t('conversion')} scale={100} max={100} value={parcels.traffic.conversionBp} onChange={(conversionBp) => setParcels({ ...parcels, traffic: { visitorsPerDay: parcels.traffic?.visitorsPerDay ?? 0, conversionBp } })} />
              </>
            ) : (
              <NumberField label={t('ordersPerDay')} max={1_000_000} value={parcels.ordersPerDay} onChange={(ordersPerDay) => setParcels({ ...parcels, ordersPerDay })} />
            )}
            <Checkbox
              checked={parcels.traffic !== undefined}
              onChange={(event) => {
                const { ordersPerDay, traffic, ...rest } = parcels;
                setParcels(event.target.checked ? { ...rest, traffic: { visitorsPerDay: (ordersPerDay ?? 100) * 40, conversionBp: 250 } } : { ...rest, ordersPerDay: Math.round(((traffic?.visitorsPerDay ?? 0) * (traffic?.conversionBp ?? 0)) / 10_000) });
              }}
            >
              {t('byTraffic')}
            </Checkbox>
            <NumberField label={t('months')} min={1} max={60} value={parcels.months} onChange={(months) => setParcels({ ...parcels, months })} />
            <NumberField label={t('growth')} scale={100} min={-90} max={200} value={parcels.growthBpPerMonth} onChange={(growthBpPerMonth) => setParcels({ ...parcels, growthBpPerMonth })} />
          </>
        )}
        {parcels.kind === 'history' && (
          <>
            <div>
              <label htmlFor={periodId}>{`${t('from')} – ${t('to')}`}</label>
              <DatePicker.RangePicker
                id={{ start: periodId, end: `${periodId}-end` }}
                allowClear={false}
                value={[dayjs(parcels.from), dayjs(parcels.to)]}
                onChange={(range) => {
                  const [from, to] = range ?? [];
                  if (from && to) setParcels({ ...parcels, from: from.format('YYYY-MM-DD'), to: to.format('YYYY-MM-DD') });
                }}
              />
            </div>
            <div>
              <label htmlFor={shopId}>{t('shop')}</label>
              <Select id={shopId} mode="multiple" style={{ width: '100%' }} placeholder={t('allShops')} value={parcels.shopIds} onChange={(shopIds) => setParcels({ ...parcels, shopIds })} options={(shops ?? []).map((shop) => ({ value: shop.id, label: shop.name }))} />
            </div>
            <NumberField label={t('fallbackGrams')} max={1_000_000} value={parcels.fallbackGrams} onChange={(grams) => setParcels({ ...parcels, fallbackGrams: grams > 0 ? grams : undefined })} />
          </>
        )}
        <NumberField label={t('daysPerMonth')} min={1} max={31} value={scenario.daysPerMonth} onChange={(daysPerMonth) => onChange({ ...scenario, daysPerMonth })} />
        <NumberField label={t('returnRate')} scale={100} max={100} value={scenario.returnBp} onChange={(returnBp) => onChange({ ...scenario, returnBp })} />
        <NumberField label={t('capitalRate')} scale={100} max={100} value={scenario.capitalBpPerYear} onChange={(capitalBpPerYear) => onChange({ ...scenario, capitalBpPerYear })} />
        {scenario.example && (
          <Checkbox checked={false} onChange={() => onChange(ownFigures(scenario))}>
            {t('notExample')}
          </Checkbox>
        )}
      </div>
      {history && (
        <p className="muted">
          {t('historyFound', { count: integer(history.parcels, locale), printed: integer(history.printed, locale), elsewhere: integer(history.shippedElsewhere, locale), unweighed: integer(history.unweighed, locale) })}
        </p>
      )}
      {parcels.kind === 'plan' && (
        <details style={{ marginTop: 8 }}>
          <summary>{t('mix')}</summary>
          <div className="costs-rows" style={{ marginTop: 6 }}>
            {parcels.mix.map((kind, index) => {
              const set = (change: Partial<typeof kind>): void => setParcels({ ...parcels, mix: parcels.mix.map((each, n) => (n === index ? { ...each, ...change } : each)) });
              return (
                // kinds have no name of their own: their place in the list is who they are
                // eslint-disable-next-line react/no-array-index-key
                <div className="costs-row" key={index}>
                  <Select aria-label={t('province')} style={{ width: 100 }} value={kind.province} onChange={(province) => set({ province })} options={provinces.map((value) => ({ value, label: value }))} showSearch />
                  <NumberField label={t('parts')} min={1} width={80} value={kind.parts} onChange={(parts) => set({ parts })} />
                  <NumberField label={t('grams')} min={1} width={100} value={kind.grams} onChange={(grams) => set({ grams })} />
                  <NumberField label={t('items')} min={1} width={80} value={kind.items} onChange={(items) => set({ items })} />
                  <Button aria-label={t('remove')} icon={<DeleteOutlined />} disabled={parcels.mix.length === 1} onClick={() => setParcels({ ...parcels, mix: parcels.mix.filter((_, n) => n !== index) })} />
                </div>
              );
            })}
            <Button icon={<PlusOutlined />} style={{ width: 100 }} onClick={() => setParcels({ ...parcels, mix: [...parcels.mix, { parts: 1, province: '广东', city: '', grams: 500, items: 1, cm3: 0, item: '', shop: '', box: '' }] })}>
              {t('add')}
            </Button>
          </div>
        </details>
      )}
    </>
  );
}

/** The reader says the figures are theirs: no badge any more, anywhere in the scenario. */
function ownFigures(scenario: SavedScenario): SavedScenario {
  return {
    ...scenario,
    example: false,
    freightTables: scenario.freightTables.map((table) => ({ ...table, example: false })),
    own: { ...scenario.own, fixed: scenario.own.fixed.map((item) => ({ ...item, example: false })) },
    quotes: scenario.quotes.map((quote) => ({ ...quote, example: false })),
  };
}

function OwnInputs({ scenario, onChange }: Props) {
  const t = useCostsTexts();
  const locale = useLocale();
  const { own } = scenario;
  const setOwn = (change: Partial<SavedScenario['own']>): void => onChange({ ...scenario, own: { ...own, ...change } });
  const staff = own.staff ?? { outputPerDay: 200, wageFen: 0, socialFen: 0, minPackers: 0, peaks: [] };
  const material = own.material ?? { boxes: [], labelE4: 0, tapeE4: 0, fillerE4: 0 };
  const [box] = material.boxes;
  const returns = own.returns ?? { handlingE4: 0, freightE4: 0 };
  const setFixed = (index: number, change: Partial<FixedItem>): void => setOwn({ fixed: own.fixed.map((item, n) => (n === index ? { ...item, ...change, example: false } : item)) });
  const kinds = { rent: 'rentKind', software: 'software', utilities: 'utilities', depreciation: 'depreciation', other: 'other' } as const;
  return (
    <>
      <h3>{t('fixed')}</h3>
      <div className="costs-rows">
        {own.fixed.map((item, index) => (
          <div className="costs-row" key={item.id}>
            <Input aria-label={t('name')} style={{ width: 170 }} value={bothNames(item.name)[locale]} onChange={(event) => setFixed(index, { name: renamed(item.name, locale, event.target.value) })} />
            <Select aria-label={t('kind')} style={{ width: 110 }} value={item.kind} onChange={(kind) => setFixed(index, { kind })} options={Object.entries(kinds).map(([value, key]) => ({ value: value as FixedItem['kind'], label: t(key) }))} />
            {item.fen === undefined ? (
              <>
                <NumberField label={t('area')} width={100} value={item.areaM2} onChange={(areaM2) => setFixed(index, { areaM2 })} />
                <NumberField label={t('perM2')} scale={100} width={120} value={item.perM2Fen} onChange={(perM2Fen) => setFixed(index, { perM2Fen })} />
              </>
            ) : (
              <NumberField label={t('amountMonth')} scale={100} width={120} value={item.fen} onChange={(fen) => setFixed(index, { fen })} />
            )}
            <Select aria-label={t('goesAway')} style={{ width: 130 }} value={item.goesAway} onChange={(goesAway) => setFixed(index, { goesAway })} options={[{ value: 'when-closed', label: t('whenClosed') }, { value: 'with-volume', label: t('withVolume') }, { value: 'never', label: t('never') }]} />
            <Button aria-label={t('remove')} icon={<DeleteOutlined />} onClick={() => setOwn({ fixed: own.fixed.filter((_, n) => n !== index) })} />
          </div>
        ))}
        <Button icon={<PlusOutlined />} style={{ width: 100 }} onClick={() => setOwn({ fixed: [...own.fixed, { id: freeId('item', own.fixed.map((item) => item.id)), name: t('other'), kind: 'other', fen: 0, goesAway: 'when-closed', example: false }] })}>
          {t('add')}
        </Button>
      </div>
      <h3>{t('staff')}</h3>
      <div className="costs-form">
        <NumberField label={t('outputPerDay')} min={1} max={100_000} value={staff.outputPerDay} onChange={(outputPerDay) => setOwn({ staff: { ...staff, outputPerDay: Math.max(1, outputPerDay) } })} />
        <NumberField label={t('wageMonth')} scale={100} value={staff.wageFen} onChange={(wageFen) => setOwn({ staff: { ...staff, wageFen } })} />
        <NumberField label={t('socialMonth')} scale={100} value={staff.socialFen} onChange={(socialFen) => setOwn({ staff: { ...staff, socialFen } })} />
        <NumberField label={t('overtimeMax')} scale={100} max={200} value={staff.overtime?.maxBp ?? 0} onChange={(maxBp) => setOwn({ staff: { ...staff, overtime: { maxBp, perParcelE4: staff.overtime?.perParcelE4 ?? 0 } } })} />
        <NumberField label={t('overtimePay')} scale={10_000} value={staff.overtime?.perParcelE4 ?? 0} onChange={(perParcelE4) => setOwn({ staff: { ...staff, overtime: { maxBp: staff.overtime?.maxBp ?? 0, perParcelE4 } } })} />
      </div>
      <h3>{t('material')}</h3>
      <div className="costs-form">
        <NumberField label={t('bagPrice')} scale={10_000} value={box?.priceE4 ?? 0} onChange={(priceE4) => setOwn({ material: { ...material, boxes: box ? [{ ...box, priceE4 }, ...material.boxes.slice(1)] : [{ id: 'bag', priceE4 }] } })} />
        <NumberField label={t('labelPrice')} scale={10_000} value={material.labelE4} onChange={(labelE4) => setOwn({ material: { ...material, labelE4 } })} />
        <NumberField label={t('tapePrice')} scale={10_000} value={material.tapeE4} onChange={(tapeE4) => setOwn({ material: { ...material, tapeE4 } })} />
        <NumberField label={t('fillerPrice')} scale={10_000} value={material.fillerE4} onChange={(fillerE4) => setOwn({ material: { ...material, fillerE4 } })} />
        <NumberField label={t('loss')} scale={100} max={100} value={own.loss?.bp ?? 0} onChange={(bp) => setOwn({ loss: { bp, caseFen: own.loss?.caseFen ?? 0 } })} />
        <NumberField label={t('lossCase')} scale={100} value={own.loss?.caseFen ?? 0} onChange={(caseFen) => setOwn({ loss: { bp: own.loss?.bp ?? 0, caseFen } })} />
        <NumberField label={t('returnHandling')} scale={10_000} value={returns.handlingE4} onChange={(handlingE4) => setOwn({ returns: { ...returns, handlingE4 } })} />
        <FreightChoice scenario={scenario} value={own.freight} onChange={(freight) => setOwn({ freight })} />
      </div>
    </>
  );
}

function FreightChoice({ scenario, value, onChange }: { scenario: SavedScenario; value: readonly string[]; onChange: (tables: string[]) => void }) {
  const t = useCostsTexts();
  const locale = useLocale();
  const id = useId();
  return (
    <div>
      <label htmlFor={id}>{t('freightTables')}</label>
      <Select id={id} mode="multiple" style={{ width: '100%' }} value={[...value]} onChange={onChange} options={scenario.freightTables.map((table) => ({ value: table.id, label: bothNames(table.name)[locale] }))} />
    </div>
  );
}

function QuoteInputs({ scenario, onChange }: Props) {
  const t = useCostsTexts();
  const locale = useLocale();
  const set = (index: number, change: Partial<Quote>): void => onChange({ ...scenario, quotes: scenario.quotes.map((quote, n) => (n === index ? { ...quote, ...change, example: false } : quote)) });
  return (
    <div className="costs-rows">
      {scenario.quotes.map((quote, index) => {
        const { price } = quote;
        return (
          <div key={quote.id} style={{ borderTop: index === 0 ? 0 : '1px solid var(--hair)', paddingTop: 6 }}>
            <div className="costs-row">
              <Input aria-label={t('name')} style={{ width: 220 }} value={bothNames(quote.name)[locale]} onChange={(event) => set(index, { name: renamed(quote.name, locale, event.target.value) })} />
              <Select
                aria-label={t('kind')}
                style={{ width: 150 }}
                value={price.kind}
                onChange={(kind) => set(index, { price: kind === 'all-in' ? { kind, priceE4: 35_000, notServed: [] } : { kind, firstItemE4: 12_000, furtherItemE4: 2000, freight: scenario.freightTables.slice(0, 1).map((table) => table.id) } })}
                options={[{ value: 'all-in' as const, label: t('allIn') }, { value: 'handling' as const, label: t('handling'), disabled: scenario.freightTables.length === 0 }]}
              />
              {price.kind === 'all-in' && price.priceE4 !== undefined && <NumberField label={t('priceTicket')} scale={10_000} width={110} value={price.priceE4} onChange={(priceE4) => set(index, { price: { ...price, priceE4 } })} />}
              {price.kind === 'all-in' && price.priceE4 === undefined && <span className="muted">{t('bandsOrTable')}</span>}
              {price.kind === 'handling' && (
                <>
                  <NumberField label={t('firstItem')} scale={10_000} width={110} value={price.firstItemE4} onChange={(firstItemE4) => set(index, { price: { ...price, firstItemE4 } })} />
                  <NumberField label={t('furtherItem')} scale={10_000} width={110} value={price.furtherItemE4} onChange={(furtherItemE4) => set(index, { price: { ...price, furtherItemE4 } })} />
                  <div style={{ minWidth: 200 }}>
                    <FreightChoice scenario={scenario} value={price.freight} onChange={(freight) => freight.length > 0 && set(index, { price: { ...price, freight } })} />
                  </div>
                </>
              )}
              <Button aria-label={t('remove')} icon={<DeleteOutlined />} onClick={() => onChange({ ...scenario, quotes: scenario.quotes.filter((_, n) => n !== index) })} />
            </div>
            <div className="costs-row">
              <NumberField label={t('minimum')} scale={100} width={130} value={quote.monthlyMinimumFen} onChange={(monthlyMinimumFen) => set(index, { monthlyMinimumFen })} />
              <NumberField label={t('monthlyFee')} scale={100} width={110} value={quote.monthlyFeeFen} onChange={(monthlyFeeFen) => set(index, { monthlyFeeFen })} />
              <NumberField label={t('deposit')} scale={100} width={110} value={quote.depositFen} onChange={(depositFen) => set(index, { depositFen })} />
              <div>
                <label htmlFor={`quoted-${quote.id}`}>{t('quotedBy')}</label>
                <Input id={`quoted-${quote.id}`} style={{ width: 130 }} value={quote.quotedBy ?? ''} maxLength={80} onChange={(event) => set(index, { quotedBy: event.target.value })} />
              </div>
              <div>
                <label htmlFor={`valid-${quote.id}`}>{t('validTo')}</label>
                <DatePicker id={`valid-${quote.id}`} value={quote.validTo ? dayjs(quote.validTo) : null} onChange={(day) => set(index, { validTo: day?.format('YYYY-MM-DD') })} />
              </div>
              <Checkbox checked={quote.taxIncluded} onChange={(event) => set(index, { taxIncluded: event.target.checked })}>
                {t('taxIncluded')}
              </Checkbox>
            </div>
          </div>
        );
      })}
      <Button
        icon={<PlusOutlined />}
        style={{ width: 100 }}
        onClick={() =>
          onChange({
            ...scenario,
            quotes: [...scenario.quotes, { id: freeId('quote', scenario.quotes.map((quote) => quote.id)), name: t('quotes'), example: false, price: { kind: 'all-in', priceE4: 35_000, notServed: [] }, material: { kind: 'included' }, storage: [], valueAdded: [], monthlyMinimumFen: 0, monthlyFeeFen: 0, depositFen: 0, taxIncluded: true, taxBp: 600 }],
          })
        }
      >
        {t('add')}
      </Button>
    </div>
  );
}

/** A changed name in the language it was typed in; the other language keeps its own. */
function renamed(name: Name, locale: 'zh-CN' | 'en', typed: string): Name {
  if (typed === '') return name;
  return typeof name === 'string' ? typed : { ...name, [locale]: typed };
}

function freeId(prefix: string, taken: readonly string[]): string {
  let n = taken.length + 1;
  while (taken.includes(`${prefix}-${n}`)) n += 1;
  return `${prefix}-${n}`;
}
