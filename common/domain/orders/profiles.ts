/** What the order files of each platform look like: which headers they have and which of our fields each header carries. */
import type { Platform } from '../../contract/shops.ts';
import { headerKey } from './clean.ts';
import { exportHeader } from './export.ts';
import type { Field } from './types.ts';

export interface Profile {
  readonly platform: Platform | 'other';
  readonly kind: 'orders' | 'items';
  /** Field → headers, best first. A file may use any of them. */
  readonly fields: Readonly<Partial<Record<Field, readonly string[]>>>;
  /** Headers that tell this file from others; the more of them, the surer. */
  readonly signs: readonly string[];
  /** How several goods in one cell are joined, when the platform does that. */
  readonly joined?: RegExp;
  /** Fields that must be joined alike for a cell to be taken apart. */
  readonly oneRowPerOrder?: boolean;
  /** An amount column that belongs to the line: the order's amount is the sum over its lines. */
  readonly sumPaid?: boolean;
}

/** Names that mean the same on every platform and in tables people keep themselves. */
const anywhere = {
  number: ['订单编号', '订单号', '主订单编号', '主订单号', '父订单号', '交易编号', '平台订单号', '订单id', '单号', 'order id', 'order no', 'order number', 'order', '线上订单号', '线上单号', '平台单号', '原始单号', '原始订单号', '外部订单号', '系统单号', '系统订单号', '内部订单号', '用户订单号', '客户订单号', '商家订单号', '自定义订单号', '客户单号'],
  status: ['订单状态', '交易状态', '系统状态', '平台状态', '订单处理状态', '状态', 'order status', 'status'],
  afterSale: ['售后状态', '退款状态', '售后', '退款/售后状态', '订单售后状态', '售后类型', '商品售后', '订单退款状态', '售后情况'],
  closeReason: ['订单关闭原因', '取消原因', '关闭原因'],
  buyer: ['买家会员名', '买家昵称', '买家旺旺', '下单帐号', '下单账号', '用户昵称', '客户昵称', '买家', '旺旺', '会员名', '买家账号', '用户名', 'buyer', '客户网名', '网名', '买家帐号', '用户编号'],
  buyerId: ['买家id', '用户id', 'open_buyer_id', 'buyer id'],
  name: ['收货人姓名', '收件人姓名', '收货人', '收件人', '收货人/提货人', '客户姓名', '收货姓名', '姓名', '联系人', '收货人名称', 'name', 'recipient', 'recipient name', 'receiver', 'receiver name', 'consignee', 'ship to', 'customer', '收件人/提货人', '收货人名字', '收件人名字', '收货人名', '收件姓名', '收货联系人', '顾客姓名', '客户名称'],
  mobile: ['联系手机', '收件人手机号', '收件人手机', '收货人手机号', '收货人手机', '收货人手机号/提货人手机号', '收货人电话', '收件人电话', '收件人联系电话', '收货人联系方式', '收件人联系方式', '手机', '手机号', '手机号码', '收货电话', '电话', '联系电话', '联系方式', 'mobile', 'phone', 'tel', '收件人手机/提货人手机', '收件人手机号/提货人手机号', '收件人手机号码', '收货人手机号码', '收件手机', '收货手机', '收货手机号', '联系人电话', '联系人手机', '移动电话', '客户电话', '顾客电话'],
  telephone: ['联系电话', '固定电话', '固话', '座机', '电话', '收件人固话', '收货人固话', '收件人座机'],
  receiver: ['收货信息', '收件信息', '收件人信息', '收货人信息', '客户信息', '地址信息'],
  address: ['收货地址', '收件地址', '收货人地址', '收件人地址', '详细地址', '详细收货地址', '详细收货地址/提货地址', '收货详细地址', '客户地址', '地址', '收件人详细地址', '完整地址', 'address', '收货地址详情', '收件详细地址', '街道地址', '送货地址', '邮寄地址', '门牌地址'],
  newAddress: ['修改后的收货地址', '修改后地址', '新收货地址'],
  province: ['省', '省份', '收货人省份', '收货省份', '收件人省份', '收件省', '收货省', '省/直辖市', 'province', '收件人省', '收货人省'],
  city: ['市', '城市', '收货人城市', '收货城市', '收件人城市', '收件市', '收货市', 'city', '收件人市', '收货人市'],
  district: ['区', '区县', '区/县', '县区', '收货人地区', '收货地区', '收件人地区', '收件区', '收货区', '收货区县', '区(县)', 'district', 'county', '收件人区', '收货人区', '区域', '省市区', '省市县', '所在地区', '县'],
  town: ['街道', '街道/镇', '乡镇', '收货街道', '镇', '收货人街道', '收件人街道', '街道/乡镇', '乡镇街道', '收件人街道/镇', '收货乡镇'],
  postcode: ['邮编', '邮政编码', '收货邮编', 'zip', 'postcode'],
  createdAt: ['订单创建时间', '下单时间', '订单提交时间', '订单成交时间', '买家下单时间', '创建时间', '成交时间', '提交时间', '订单时间', '拍下时间', '下单日期', 'created at', '订单下单时间', '订单日期', '订购日期', '订购时间', '交易时间', '拍单时间', '交易创建时间', '平台创建时间'],
  paidAt: ['订单付款时间', '付款时间', '支付时间', '支付完成时间', '买家付款时间', '订单支付时间', '付款确认时间', 'paid at', '付款日期', '支付日期'],
  shipBy: ['承诺发货时间', '最晚发货时间', '发货截止时间', '应发货时间', '预计发货时间', '承诺最晚发货时间', '截止发货时间', '应发货日期', '最晚发货日期', '要求发货时间'],
  shippedAt: ['发货时间', '订单发货时间'],
  finishedAt: ['确认收货时间', '订单完成时间', '完成时间', '交易完成时间'],
  goodsAmount: ['买家应付货款', '商品总价(元)', '商品总价', '货品总价(元)', '货品总价', '订单金额', '商品金额', '商品总额', '货款'],
  freight: ['买家应付邮费', '邮费(元)', '邮费', '运费', '运费(元)', '运费金额', '快递费', '订单运费', '包裹总运费(元)', '邮资'],
  paidAmount: ['买家实际支付金额', '买家实付金额', '商家实收金额(元)', '用户实付金额(元)', '用户实付金额', '实付款(元)', '实付款', '订单实付金额', '订单应付金额', '应付金额', '实付金额', '支付金额', '实收金额', '总金额', '金额', 'amount', '买家实际支付', '订单实际支付金额', '订单实际收款金额', '用户应付金额(元)', '商家应收金额(元)', '订单支付金额', '已付金额', '付款金额', '实付', '实收', '应收金额', '支付款', '合计金额', '订单总金额'],
  buyerNote: ['买家留言', '买家备注', '订单备注', '用户备注', '客户留言', '客户备注', '顾客留言', '留言', '备注', 'note', 'remark'],
  sellerNote: ['商家备注', '卖家备注', '店铺备注', '客服备注', '内部备注', '包裹备注信息', '客服留言', '商家留言', '打单备注'],
  flag: ['旗帜颜色', '旗帜', '商家备注等级(等级1-5为由高到低)', '商家备注等级(1-5)', '商家备注等级', '备注旗帜', '插旗', '备注标签', '旗子颜色', '卖家旗帜', '包裹备注标记', '打标颜色', '商家标记', '备注标记', '标记颜色'],
  waybill: ['物流单号', '快递单号', '运单号', '运单编号', '包裹单号', 'tracking number', '快递编号', '快递号', '物流编号'],
  carrier: ['物流公司', '快递公司', '承运商', '物流', '快递', 'carrier'],
  express: ['快递信息', '物流信息'],
  pieces: ['宝贝总数量', '商品总件数', '商品总数量', '商品总数', '总件数', '总数量'],
  kinds: ['宝贝种类', '商品种类数', '商品种类', '货品种类'],
  shopName: ['店铺名称', '店铺', '店铺名', '卖家会员名', '店名', '所属店铺', 'shop'],
  delivery: ['配送方式', '物流方式', '发货方式', '运送方式', '提货方式'],
  mergeKey: ['合单号', '合并标识', '合并key', 'oaid', 'open_address_id'],
  subNumber: ['子订单编号', '子订单号', '子单号', '商品单号', '子订单id', '订单明细编号', '子单原始单号', '原始子单号', '线上子订单编号'],
  title: ['宝贝标题', '商品名称', '选购商品', '标题', '货品标题', '全部商品名称', '商品', '商品标题', '宝贝名称', '货品名称', '品名', '产品名称', '产品', '货品', '宝贝', '商品信息', '货', '货名', '物品', '物品名称', 'title', 'item', 'product', 'sku名称', '商品名', '宝贝', '货品描述', '货物名称', '寄托物', '物品内容', '托寄物内容', '托寄物名称', '托寄内容', '内件名称', '内件品名', '货品品名', '商品品名'],
  spec: ['商品规格', '商品属性', '规格', '规格名称', '型号', '全部商品规格', 'sku规格', '颜色规格', '颜色尺码', '规格型号', '销售属性', 'sku名称', '款式', 'spec', '规格属性', '颜色/尺码', 'sku规格', '商品型号', '商品规格名称', '规格描述', '颜色及规格', '颜色', '尺码'],
  itemId: ['商品id', '宝贝id', '货品id', 'offer id', '商品编号', 'spu id', 'item id', '商品编码(平台)', '平台商品id', '款式id'],
  skuId: ['样式id', 'sku id', '规格id', 'skuid', '小红书编码', 'sku_id'],
  skuCode: ['商家编码-规格维度', '外部系统编号', 'sku编码', 'sku商家编码', '规格编码', '规格商家编码', '单品货号', '商家sku', '商家编码', '货号', '全部商品编码', '商品编码', 'sku', '条码', '商品条码', 'sku编码(自定义)', '型号编码', '商家编码(sku)', '规格货号'],
  itemCode: ['商家编码-商品维度', '商家货号', '货号', '款号', '商家编码', '货品编码', '商品货号', '商品编码(自定义)', '款式编码', '货品编号', 'spu编码'],
  quantity: ['购买数量', '商品数量', '商品数量(件)', '订购数量', '成交数量', '数量', 'sku件数', '件数', '购买件数', '数量(件)', '下单数量', 'qty', 'quantity', '宝贝数量', '商品件数', '货品数量', '产品数量', '销售数量', '个数', '双数', '发货数量', '托寄物数量', '物品数量', '内件数量'],
  price: ['价格', '商品单价', '单价', '单价(元)', '京东价', '商品价格', '商品价格(元)', '销售单价', 'price', '商品价格(单件)', '商品实际价格(单件)', '售价', '成交单价', '货品单价'],
  lineAmount: ['商品小计', '小计', '商品应付金额'],
  lineStatus: ['子订单状态', '商品状态', '明细状态'],
} as const satisfies Record<Field, readonly string[]>;

type Aliases = Readonly<Partial<Record<Field, readonly string[]>>>;

/** The names of a platform first, then those everybody uses; an empty list means the platform's file has no such column. */
function withUsual(own: Aliases): Aliases {
  const fields: Partial<Record<Field, readonly string[]>> = { ...anywhere };
  for (const [field, names] of Object.entries(own) as [Field, readonly string[]][]) fields[field] = names.length === 0 ? [] : [...new Set([...names, ...anywhere[field]])];
  return fields;
}

const taobaoOrders: Profile = {
  platform: 'taobao',
  kind: 'orders',
  oneRowPerOrder: true,
  joined: /[，,]/,
  fields: withUsual({
    number: ['订单编号', '主订单编号'],
    mobile: ['联系手机', '收货人手机号', '联系手机号'],
    telephone: ['联系电话'],
    sellerNote: ['订单备注', '商家备注', '卖家备注'],
    buyerNote: ['买家留言'],
    delivery: [],
    shopName: ['店铺名称'],
    goodsAmount: ['买家应付货款'],
    paidAmount: ['买家实际支付金额', '买家实付金额', '总金额'],
    title: ['宝贝标题', '商品标题', '标题'],
    // Only the export with a row for each sub-order has them; 宝贝总数量 is the order's.
    quantity: ['购买数量', '宝贝数量', '商品数量'],
    skuCode: ['商家编码', '外部系统编号'],
    itemCode: [],
    afterSale: ['退款状态', '售后状态'],
  }),
  signs: [
    '订单编号', '买家会员名', '买家支付宝账号', '买家应付货款', '买家应付邮费', '买家支付积分', '总金额', '返点积分', '买家实际支付金额', '买家实际支付积分', '订单状态', '买家留言', '收货人姓名', '收货地址', '运送方式', '联系电话', '联系手机',
    '订单创建时间', '订单付款时间', '宝贝标题', '宝贝种类', '物流单号', '物流公司', '订单备注', '宝贝总数量', '店铺Id', '店铺名称', '订单关闭原因', '卖家服务费', '买家服务费', '发票抬头', '是否手机订单', '分阶段订单信息', '定金排名', '修改后的sku',
    '修改后的收货地址', '异常信息', '卡券抵扣', '积分抵扣', '是否是O2O交易', '天猫卡券抵扣', '确认收货时间', '退款金额', '买家实付金额', '子订单编号',
  ],
};

const taobaoItems: Profile = {
  platform: 'taobao',
  kind: 'items',
  fields: {
    number: ['主订单编号', '订单编号', '主订单号', '订单号'],
    subNumber: ['子订单编号', '子订单号'],
    title: ['标题', '商品标题', '宝贝标题'],
    price: ['价格', '商品价格'],
    quantity: ['购买数量', '商品数量'],
    skuCode: ['外部系统编号', '商家编码'],
    itemCode: ['商家编码'],
    itemId: ['商品ID', '宝贝id'],
    spec: ['商品属性'],
    lineStatus: ['订单状态'],
    afterSale: ['退款状态', '售后状态'],
    sellerNote: ['备注'],
    createdAt: ['订单创建时间', '创建时间'],
    paidAt: ['订单付款时间'],
  },
  signs: ['订单编号', '标题', '价格', '购买数量', '外部系统编号', '商品属性', '套餐信息', '备注', '订单状态', '商家编码', '创建时间', '子订单编号', '退款状态'],
};

const pdd: Profile = {
  platform: 'pdd',
  kind: 'orders',
  fields: withUsual({
    number: ['订单号'],
    name: ['收货人', '收件人', '收货人姓名'],
    mobile: ['手机', '收货人手机', '联系手机', '手机号'],
    telephone: [],
    createdAt: ['订单成交时间', '拼单成功时间', '下单时间'],
    goodsAmount: ['商品总价(元)'],
    paidAmount: ['商家实收金额(元)', '用户实付金额(元)'],
    title: ['商品'],
    quantity: ['商品数量(件)', '商品数量'],
    price: [],
    skuCode: ['商家编码-规格维度'],
    itemCode: ['商家编码-商品维度'],
    skuId: ['样式ID'],
    buyer: ['用户昵称'],
    buyerNote: ['买家留言'],
  }),
  signs: [
    '商品', '订单号', '订单状态', '商品总价(元)', '邮费(元)', '店铺优惠折扣(元)', '平台优惠折扣(元)', '多多支付立减金额(元)', '上门安装费(元)', '送货入户费(元)', '送货入户并安装费(元)', '用户实付金额(元)', '商家实收金额(元)', '商品数量(件)',
    '是否审核中', '支付时间', '承诺发货时间', '承诺送达时间', '发货时间', '确认收货时间', '商品id', '商品规格', '样式ID', '商品一级类目', '商品二级类目', '商品三级类目', '商品四级类目', '商家编码-规格维度', '商家编码-商品维度', '商家备注', '买家留言', '售后状态',
    '消费者资料', '订单成交时间', '赠品名称', '赠品id', '赠品规格', '赠品数量', '团ID', '团身份', '快递单号', '快递公司', '省', '市', '区', '街道/镇', '详细地址', '用户购买手机号', '订单来源', '是否社区团购', '分期方式', '手机', '收货人',
  ],
};

const douyin: Profile = {
  platform: 'douyin',
  kind: 'orders',
  sumPaid: true,
  joined: /[;；]/,
  fields: withUsual({
    number: ['主订单编号', '主订单号', '订单号'],
    subNumber: ['子订单编号', '子订单号', '商品单号'],
    title: ['选购商品', '商品名称'],
    mobile: ['收件人手机号', '收件人手机', '手机号'],
    telephone: [],
    address: ['详细地址', '收件地址'],
    paidAmount: ['订单应付金额', '商品应付金额', '实付款'],
    goodsAmount: [],
    skuCode: ['商家编码', '商家编码-SKU维度'],
    itemCode: [],
    price: ['商品单价', '商品金额', '商品价格'],
    buyerNote: ['买家留言'],
  }),
  signs: [
    '主订单编号', '子订单编号', '选购商品', '商品规格', '商品数量', '商品ID', '商家编码', '商品单价', '商品金额', '订单应付金额', '运费', '平台实际承担优惠金额', '商家实际承担优惠金额', '达人实际承担优惠金额', '支付方式', '收件人', '收件人手机号', '省', '市', '区',
    '街道', '详细地址', '买家留言', '订单提交时间', '旗帜颜色', '商家备注', '订单完成时间', '支付完成时间', 'APP渠道', '订单状态', '售后状态', '取消原因', '发货时间', '达人ID', '达人昵称', '快递信息', '是否平台仓自流转', '订单类型', '流量来源', '流量体裁', '承诺发货时间',
  ],
};

const jd: Profile = {
  platform: 'jd',
  kind: 'orders',
  fields: withUsual({
    number: ['订单号', '订单编号'],
    mobile: ['联系电话', '客户电话', '手机'],
    telephone: [],
    goodsAmount: ['订单金额'],
    paidAmount: ['应付金额', '结算金额'],
    skuCode: ['货号', '商家SKUID'],
    itemCode: [],
    itemId: [],
    skuId: ['商品ID', 'SKU ID'],
    buyerNote: ['订单备注'],
  }),
  signs: [
    '订单号', '商品ID', '商品名称', '订购数量', '支付方式', '下单时间', '京东价', '订单金额', '结算金额', '余额支付', '应付金额', '订单状态', '订单类型', '下单帐号', '客户姓名', '客户地址', '联系电话', '订单备注', '发票类型', '发票抬头', '发票内容', '商家备注',
    '商家备注等级（等级1-5为由高到低）', '商家备注等级(1-5)', '运费金额', '付款确认时间', '增值税发票', '货号', '订单完成时间', '订单来源', '订单渠道', '送装服务', '服务费', '仓库ID', '仓库名称',
  ],
};

const alibaba: Profile = {
  platform: '1688',
  kind: 'orders',
  fields: withUsual({
    number: ['订单编号'],
    mobile: ['联系手机'],
    telephone: ['联系电话'],
    skuCode: ['单品货号'],
    itemCode: ['货号'],
    spec: ['型号'],
    itemId: ['Offer ID'],
    skuId: ['SKU ID'],
    shopName: [],
    delivery: [],
    buyerNote: ['买家留言'],
    paidAmount: ['实付款(元)'],
  }),
  signs: [
    '订单编号', '买家公司名', '买家会员名', '卖家公司名', '卖家会员名', '货品总价(元)', '运费(元)', '涨价或折扣(元)', '实付款(元)', '订单状态', '订单创建时间', '订单付款时间', '发货方', '收货人姓名', '收货地址', '邮编', '联系电话', '联系手机', '货品标题', '单价(元)',
    '数量', '单位', '货号', '型号', 'Offer ID', 'SKU ID', '物料编号', '单品货号', '货品种类', '买家留言', '物流公司', '运单号', '发票：购货单位名称', '发票：纳税人识别号', '发票：地址、电话', '下游订单号',
  ],
};

const kuaishou: Profile = {
  platform: 'kuaishou',
  kind: 'orders',
  fields: withUsual({
    number: ['订单编号', '订单号'],
    mobile: ['收货人电话', '收货人手机号', '收货人手机'],
    telephone: [],
    skuCode: ['SKU编码', '商家编码'],
    itemCode: [],
    buyerNote: ['买家留言'],
  }),
  signs: ['订单编号', '订单创建时间', '订单支付时间', '订单状态', '实付款', '商品名称', '商品规格', 'SKU编码', '商品单价', '成交数量', '收货人姓名', '收货人电话', '收货地址', '快递公司', '快递单号', '商家备注', '买家留言', '售后状态'],
};

const xiaohongshu: Profile = {
  platform: 'xiaohongshu',
  kind: 'orders',
  // A row is one SKU of a package, with its own amounts.
  sumPaid: true,
  fields: withUsual({
    number: ['订单号'],
    name: ['收件人姓名', '收货人姓名'],
    mobile: ['收件人电话', '收货人电话'],
    telephone: [],
    address: ['收件人地址', '收货人地址'],
    buyerId: ['用户编号', '用户id'],
    buyer: ['用户昵称', '买家昵称'],
    title: ['商品名称', 'SKU名称'],
    spec: ['SKU规格', '规格'],
    itemId: ['商品ID'],
    skuCode: ['商家编码', '小红书编码'],
    itemCode: [],
    skuId: ['规格ID', 'SKU ID', '小红书编码'],
    quantity: ['SKU件数', '商品数量', '件数'],
    goodsAmount: [],
    price: [],
    paidAmount: ['用户应付金额(元)', '商家应收金额(元)(支付金额)', '商家应收金额(元)', '商品总价(元)'],
    buyerNote: ['用户备注', '买家留言'],
    sellerNote: ['包裹备注信息', '商家备注'],
    flag: ['包裹备注标记', '商家标记'],
  }),
  signs: [
    '订单号', '包裹号', '订单状态', '售后状态', '订单类型', '订单标记', '收件人姓名', '收件人电话', '收件人地址', '省', '市', '区', '区域编码', '小红书编码', '条形码', '规格ID', '达人ID', '达人名称', 'SKU名称', 'SKU规格', 'SKU件数', '是否为赠品', '发票/Invoice',
    '商品总价(元)', '用户应付金额(元)', '平台优惠(元)', '店铺优惠(元)', '支付渠道优惠(元)', 'SKU商家改价(元)', '商家应收金额(元)（支付金额）', '支付方式', '支付渠道订单号', '支付时间', 'sku净重(kg)', '包裹总净重(kg)', '包裹总运费(元)', '快递公司', '快递单号',
    '大头笔/Paint Marker', '集包地/Express Extend 1', '三段码/Express Extend 2', '订购人身份证姓名/ID Name', '订单创建时间', '预售订单开始发货时间', '预售订单截止发货时间', '承诺发货时间', '订单发货时间', '订单完成时间', '发货仓库', '确认收货类型', '是否延迟收货',
    '用户备注', '商家标记', '包裹备注标记', '包裹备注信息', '异常原因', '店铺名称', '用户编号', '运费模版名称', '物流方案名称', '第三方机构订单号', '商家编码', '商品ID', '商品名称', '规格',
  ],
};

const youzan: Profile = {
  platform: 'youzan',
  kind: 'orders',
  oneRowPerOrder: true,
  joined: /[;；]/,
  fields: withUsual({ number: ['订单号'], quantity: ['全部商品数量', '商品数量'], skuCode: ['全部商品编码', '商品编码'], itemCode: [], telephone: [], buyerNote: ['买家备注', '买家留言'] }),
  signs: [
    '订单号', '订单状态', '订单类型', '配送方式', '买家下单时间', '买家付款时间', '全部商品名称', '全部商品规格', '全部商品编码', '商品种类数', '商品总件数', '订单实付金额', '运费', '收货人/提货人', '收货人手机号/提货人手机号', '收货人省份', '收货人城市', '收货人地区',
    '详细收货地址/提货地址', '买家昵称', '买家备注', '商家备注', '物流公司', '物流单号', '优惠券码名称', '分销员',
  ],
};

/** What we wrote ourselves, by export.ts. */
const own: Profile = {
  platform: 'other',
  kind: 'orders',
  fields: {
    ...anywhere,
    number: ['打包台订单号'],
    buyer: ['买家'],
    name: ['收货人'],
    mobile: ['手机'],
    telephone: ['固定电话'],
    goodsAmount: ['商品金额'],
    paidAmount: ['实付金额'],
    skuCode: ['商家编码'],
    itemCode: ['款号'],
    itemId: ['商品ID'],
    skuId: ['SKU ID'],
    quantity: ['数量'],
    pieces: ['宝贝总数量'],
    kinds: [],
    delivery: ['配送方式'],
    express: [],
    mergeKey: [],
    receiver: [],
    newAddress: [],
    buyerNote: ['买家留言'],
  },
  signs: [...exportHeader],
};

/** Tables nobody's back end wrote: read by common names, always shown for confirmation. */
export const anyTable: Profile = { platform: 'other', kind: 'orders', fields: anywhere, signs: [], joined: /[;；]/ };

export const profiles: readonly Profile[] = [taobaoOrders, taobaoItems, pdd, douyin, jd, alibaba, kuaishou, xiaohongshu, youzan, own];

/** Profile of a platform and kind; the any-table one when there is none. */
export function profileOf(platform: Platform | 'other', kind: 'orders' | 'items'): Profile {
  return profiles.find((profile) => profile.platform === platform && profile.kind === kind) ?? anyTable;
}

const keysOfSigns = new Map<Profile, ReadonlySet<string>>();

/** The signs of a profile in comparable form. */
export function signKeys(profile: Profile): ReadonlySet<string> {
  let keys = keysOfSigns.get(profile);
  if (!keys) {
    keys = new Set(profile.signs.map(headerKey));
    keysOfSigns.set(profile, keys);
  }
  return keys;
}
