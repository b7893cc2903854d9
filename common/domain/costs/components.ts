/** Every component by name, with the formula it came from and the figures that went in: what a person sees when a number is opened. */
import type { Bilingual } from './basics.ts';
import { bothNames } from './basics.ts';
import { formatE4, formatFen } from './money.ts';
import type { Quote, Scenario } from './scenario.ts';

export type ComponentGroup = 'freight' | 'staff' | 'fixed' | 'material' | 'risk' | 'stock' | 'handling' | 'bill';

export interface ComponentInput {
  /** Path in the scenario, so that the screen can jump to the field. */
  readonly path: string;
  readonly value: string;
}

export interface ComponentText {
  readonly name: Bilingual;
  readonly group: ComponentGroup;
  readonly formula: Bilingual;
  readonly inputs: readonly ComponentInput[];
}

function both(zh: string, en: string): Bilingual {
  return { 'zh-CN': zh, en };
}

const yuan = (e4: number) => `${formatE4(e4)} 元`;
const amount = (fen: number) => `${formatFen(fen)} 元`;
const percent = (bp: number) => `${bp / 100} %`;

/** Name, formula and inputs of one component of one option. */
export function componentText(scenario: Scenario, optionId: string, componentId: string): ComponentText {
  if (componentId.startsWith('fixed.') || componentId.startsWith('kept.')) return fixedText(scenario, componentId);
  if (componentId === 'capital') return capitalText(scenario);
  const quote = scenario.quotes.find((each) => each.id === optionId);
  return quote ? cloudText(scenario, quote, componentId) : ownText(scenario, componentId);
}

function fixedText(scenario: Scenario, componentId: string): ComponentText {
  const kept = componentId.startsWith('kept.');
  const id = componentId.slice(componentId.indexOf('.') + 1);
  const index = scenario.own.fixed.findIndex((item) => item.id === id);
  const item = scenario.own.fixed[index];
  const name = item ? bothNames(item.name) : both(id, id);
  const inputs: ComponentInput[] = [];
  const at = `own.fixed.${index}`;
  if (item?.fen !== undefined) inputs.push({ path: `${at}.fen`, value: amount(item.fen) });
  else if (item) inputs.push({ path: `${at}.areaM2`, value: `${item.areaM2 ?? 0} m²` }, { path: `${at}.perM2Fen`, value: amount(item.perM2Fen ?? 0) });
  if (item?.capacityPerDay !== undefined) inputs.push({ path: `${at}.capacityPerDay`, value: String(item.capacityPerDay) });
  const byArea = item?.fen === undefined;
  return {
    name: kept ? both(`${name['zh-CN']}（搬走也要付）`, `${name.en} (still paid)`) : name,
    group: 'fixed',
    formula: byArea
      ? both('面积 × 每平方米月租 × 期间占整月的部分 × ⌈日均件数 ÷ 容量⌉', 'area × rent per m² × part of the month × ⌈parcels per day ÷ capacity⌉')
      : both('每月金额 × 期间占整月的部分 × ⌈日均件数 ÷ 容量⌉', 'amount per month × part of the month × ⌈parcels per day ÷ capacity⌉'),
    inputs,
  };
}

function capitalText(scenario: Scenario): ComponentText {
  const stock = scenario.stock;
  return {
    name: both('库存占用资金', 'Money tied up in stock'),
    group: 'stock',
    formula: both('（周转库存 + 安全库存）× 单件成本 × 年利率 ÷ 12', '(cycle stock + safety stock) × cost of a piece × yearly rate ÷ 12'),
    inputs: [
      { path: 'stock.itemCostFen', value: amount(stock?.itemCostFen ?? 0) },
      { path: 'stock.restockDays', value: String(stock?.restockDays ?? 0) },
      { path: 'capitalBpPerYear', value: percent(scenario.capitalBpPerYear) },
    ],
  };
}

function ownText(scenario: Scenario, id: string): ComponentText {
  const { own } = scenario;
  const staff = own.staff;
  switch (id) {
    case 'freight':
      return {
        name: both('快递费', 'Courier'),
        group: 'freight',
        formula: both('逐票按运费表计价后相加', 'every parcel priced by the freight table, added up'),
        inputs: own.freight.map((table, index) => ({ path: `own.freight.${index}`, value: table })),
      };
    case 'wage':
    case 'social':
      return {
        name: id === 'wage' ? both('打包工资', 'Packers’ wages') : both('社保', 'Social insurance'),
        group: 'staff',
        formula: both('打包员人数 × 每人每月；人数 = ⌈日均件数 ÷（日产能 ×（1 + 加班上限））⌉', 'packers × pay per month; packers = ⌈parcels per day ÷ (output × (1 + overtime limit))⌉'),
        inputs: [
          { path: 'own.staff.outputPerDay', value: String(staff?.outputPerDay ?? 0) },
          { path: id === 'wage' ? 'own.staff.wageFen' : 'own.staff.socialFen', value: amount((id === 'wage' ? staff?.wageFen : staff?.socialFen) ?? 0) },
        ],
      };
    case 'overtime':
      return {
        name: both('加班费', 'Overtime'),
        group: 'staff',
        formula: both('超出正常产能的件数 × 每件加班费', 'parcels above normal capacity × pay per parcel'),
        inputs: [
          { path: 'own.staff.overtime.maxBp', value: percent(staff?.overtime?.maxBp ?? 0) },
          { path: 'own.staff.overtime.perParcelE4', value: yuan(staff?.overtime?.perParcelE4 ?? 0) },
        ],
      };
    case 'temporary':
      return {
        name: both('旺季临时工', 'Temporary packers'),
        group: 'staff',
        formula: both('旺季所需人数 − 平时人数，× 临时工月薪', '(packers a peak needs − usual crew) × temporary pay'),
        inputs: (staff?.peaks ?? []).map((peak, index) => ({ path: `own.staff.peaks.${index}`, value: `${peak.month}: ${percent(peak.factorBp)}` })),
      };
    case 'box':
      return {
        name: both('包材', 'Packing material'),
        group: 'material',
        formula: both('每票用装得下的第一种箱/袋，单价相加', 'the first box that fits each parcel, added up'),
        inputs: (own.material?.boxes ?? []).map((box, index) => ({ path: `own.material.boxes.${index}.priceE4`, value: yuan(box.priceE4) })),
      };
    case 'label':
    case 'tape':
    case 'filler': {
      const price = { label: own.material?.labelE4, tape: own.material?.tapeE4, filler: own.material?.fillerE4 }[id] ?? 0;
      return {
        name: { label: both('面单纸', 'Label'), tape: both('胶带', 'Tape'), filler: both('填充物', 'Filler') }[id],
        group: 'material',
        formula: both('件数 × 单价', 'parcels × unit price'),
        inputs: [{ path: `own.material.${id}E4`, value: yuan(price) }],
      };
    }
    case 'perParcel':
      return { name: both('其他每票费用', 'Other, per parcel'), group: 'material', formula: both('件数 × 单价', 'parcels × unit price'), inputs: [{ path: 'own.perParcelE4', value: yuan(own.perParcelE4) }] };
    case 'perItem':
      return { name: both('每件商品费用', 'Other, per item'), group: 'material', formula: both('商品件数 × 单价', 'items × unit price'), inputs: [{ path: 'own.perItemE4', value: yuan(own.perItemE4) }] };
    default:
      return riskText(scenario, id, 'own', own);
  }
}

function riskText(scenario: Scenario, id: string, at: string, option: Pick<Quote, 'loss' | 'misship' | 'returns'>): ComponentText {
  if (id === 'returns') {
    const cost = (option.returns?.handlingE4 ?? 0) + (option.returns?.freightE4 ?? 0);
    return {
      name: both('退货处理', 'Returns'),
      group: 'risk',
      formula: both('件数 × 退货率 ×（处理费 + 退回运费）', 'parcels × return rate × (handling + freight back)'),
      inputs: [
        { path: 'returnBp', value: percent(scenario.returnBp) },
        { path: `${at}.returns`, value: yuan(cost) },
      ],
    };
  }
  const line = id === 'loss' ? option.loss : option.misship;
  return {
    name: id === 'loss' ? both('丢损', 'Loss and damage') : both('错发', 'Wrong shipments'),
    group: 'risk',
    formula: both('件数 × 发生率 × 每次损失', 'parcels × rate × cost of one case'),
    inputs: [
      { path: `${at}.${id}.bp`, value: percent(line?.bp ?? 0) },
      { path: `${at}.${id}.caseFen`, value: amount(line?.caseFen ?? 0) },
    ],
  };
}

function cloudText(scenario: Scenario, quote: Quote, id: string): ComponentText {
  const at = `quotes.${scenario.quotes.indexOf(quote)}`;
  const form = quote.price;
  switch (id) {
    case 'price':
      return {
        name: both('一口价', 'All-in price'),
        group: 'handling',
        formula: both('逐票按重量段（或价目表）取价后相加', 'every parcel at its band’s (or table’s) price, added up'),
        inputs: form.kind === 'all-in' ? [{ path: `${at}.price`, value: form.priceE4 === undefined ? (form.table ?? `${form.bands?.length ?? 0}`) : yuan(form.priceE4) }] : [],
      };
    case 'handling':
      return {
        name: both('订单处理费', 'Order handling'),
        group: 'handling',
        formula: both('首件费 +（件数 − 1）× 续件费', 'first item + (items − 1) × further item'),
        inputs: form.kind === 'handling' ? [{ path: `${at}.price.firstItemE4`, value: yuan(form.firstItemE4) }, { path: `${at}.price.furtherItemE4`, value: yuan(form.furtherItemE4) }] : [],
      };
    case 'freight':
      return {
        name: both('云仓快递费', 'Courier through the warehouse'),
        group: 'freight',
        formula: both('逐票按云仓运费表计价后相加', 'every parcel by the warehouse’s freight table, added up'),
        inputs: form.kind === 'handling' ? form.freight.map((table, index) => ({ path: `${at}.price.freight.${index}`, value: table })) : [],
      };
    case 'material':
      return { name: both('云仓包材', 'Material'), group: 'material', formula: both('每票包材单价相加', 'material of each parcel, added up'), inputs: [{ path: `${at}.material`, value: quote.material.kind }] };
    case 'valueAdded':
      return {
        name: both('增值服务', 'Value-added services'),
        group: 'handling',
        formula: both('（每票价 + 件数 × 每件价）× 需要的比例', '(per parcel + items × per item) × share that needs it'),
        inputs: quote.valueAdded.map((line, index) => ({ path: `${at}.valueAdded.${index}`, value: `${yuan(line.perParcelE4)} + ${yuan(line.perItemE4)} × ${percent(line.shareBp)}` })),
      };
    case 'inbound':
    case 'inboundMonth':
      return {
        name: id === 'inbound' ? both('入库费', 'Inbound') : both('入库月费', 'Inbound, per month'),
        group: 'stock',
        formula: id === 'inbound' ? both('商品件数 ×（每件价 + 单件体积 × 每立方价）', 'items × (per item + volume of a piece × per m³)') : both('每月金额', 'amount per month'),
        inputs: [
          { path: `${at}.inbound.perItemE4`, value: yuan(quote.inbound?.perItemE4 ?? 0) },
          { path: `${at}.inbound.perM3E4`, value: yuan(quote.inbound?.perM3E4 ?? 0) },
          { path: `${at}.inbound.perMonthFen`, value: amount(quote.inbound?.perMonthFen ?? 0) },
        ],
      };
    case 'storage':
      return {
        name: both('仓储费', 'Storage'),
        group: 'stock',
        formula: both('库存体积（或面积、托盘）× 单价 × 30 天 ×（库存天数 − 免租天数）÷ 库存天数', 'stock volume (area, pallets) × price × 30 days × (days in stock − free days) ÷ days in stock'),
        inputs: quote.storage.map((line, index) => ({ path: `${at}.storage.${index}`, value: `${yuan(line.priceE4)} / ${line.unit}` })),
      };
    case 'fee':
      return { name: both('系统月费', 'Monthly fee'), group: 'bill', formula: both('每月金额', 'amount per month'), inputs: [{ path: `${at}.monthlyFeeFen`, value: amount(quote.monthlyFeeFen) }] };
    case 'minimum':
      return { name: both('最低消费补足', 'Up to the minimum'), group: 'bill', formula: both('最低消费 − 当月账单，不小于 0', 'minimum − bill of the month, not below 0'), inputs: [{ path: `${at}.monthlyMinimumFen`, value: amount(quote.monthlyMinimumFen) }] };
    case 'tax':
      return { name: both('税', 'Tax'), group: 'bill', formula: both('账单 × 税率（报价不含税）', 'bill × rate (the quote excludes tax)'), inputs: [{ path: `${at}.taxBp`, value: percent(quote.taxBp) }] };
    case 'deposit':
      return { name: both('押金占用资金', 'Money tied up in the deposit'), group: 'stock', formula: both('押金 × 年利率 ÷ 12', 'deposit × yearly rate ÷ 12'), inputs: [{ path: `${at}.depositFen`, value: amount(quote.depositFen) }, { path: 'capitalBpPerYear', value: percent(scenario.capitalBpPerYear) }] };
    default:
      return riskText(scenario, id, at, quote);
  }
}
