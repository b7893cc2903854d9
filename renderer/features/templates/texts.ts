import { defineTexts } from '../../i18n/index.ts';

export const useTemplateTexts = defineTexts('templates', {
  zh: {
    title: '模板', new: '新建模板', import: '导入文件', showArchived: '含归档', builtin: '内置', published: '第 {{number}} 版 · {{date}}', never: '未发布', changed: '草稿有改动', archived: '已归档',
    edit: '编辑', copy: '复制', export: '导出', archive: '归档', restore: '恢复', history: '历史', scope: '适用', rename: '改名', universal: '全部订单', copyHint: '内置模板不能改，复制一份再改',
    name: '名称', media: '纸张', own: '自定', width: '宽 mm', height: '高 mm', create: '建立', purpose: '用途', nameNeeded: '请写名称',
    notTakenTitle: '已导入“{{name}}”，下面这些没有带过来', notTakenHint: '需要的话请在设计器里补上。没有执行其中任何脚本，也没有下载任何东西。', imported: '已导入“{{name}}”', where: '位置', what: '内容', why: '原因',
    include: '引用外部文件', script: '脚本', condition: '条件太复杂', remote_picture: '网络图片', picture: '图片', tag: '不认识的元素', symbology: '不支持的码制', rotation: '不是 90° 的旋转', font: '字体换成内置字体', field: '没有对应字段', loop: '循环', style: '样式', table: '合并单元格', reference: '引用',
    platforms: '平台', shops: '店铺', carriers: '快递', products: '快递产品', anyHint: '不选表示不限。不符合的订单打印时不会给出这个模板，并说明原因。', save: '保存', saved: '已保存',
    versions: '版本', rollBack: '改回这一版', current: '正在打印', note: '说明', rolledBackTo: '改回第 {{number}} 版', rolledBack: '第 {{number}} 版已生效', compare: '与现在比较', dots: '{{count}} 个点不同', before: '这一版', now: '现在', difference: '差异（红：新增，蓝：去掉）', empty: '还没有发布过',
    waybill: '面单', return: '退货单', item: '商品标签', pick: '拣货单', packing: '装箱单', handover: '交接单', other: '其他', none: '没有模板。新建一个，或从内置模板复制。', copyName: '{{name}} 副本', close: '关闭', roll: '{{width}} mm 卷纸', pictureOf: '“{{name}}”的样张',
  },
  en: {
    title: 'Labels', new: 'New template', import: 'Import file', showArchived: 'with archived', builtin: 'built-in', published: 'version {{number}} · {{date}}', never: 'never published', changed: 'draft differs', archived: 'archived',
    edit: 'Edit', copy: 'Copy', export: 'Export', archive: 'Archive', restore: 'Restore', history: 'History', scope: 'Name and use', rename: 'Rename', universal: 'all orders', copyHint: 'Built-in templates cannot be changed: copy one',
    name: 'Name', media: 'Paper', own: 'own', width: 'Width mm', height: 'Height mm', create: 'Create', purpose: 'Purpose', nameNeeded: 'A name is needed',
    notTakenTitle: '“{{name}}” is imported; this was not taken over', notTakenHint: 'Add what you need in the designer. None of its scripts was run and nothing was fetched.', imported: '“{{name}}” is imported', where: 'Where', what: 'What', why: 'Why',
    include: 'external file', script: 'script', condition: 'condition too complex', remote_picture: 'picture on the web', picture: 'picture', tag: 'unknown element', symbology: 'unknown code', rotation: 'not a quarter turn', font: 'font replaced by ours', field: 'no such field here', loop: 'loop', style: 'style', table: 'joined cells', reference: 'reference',
    platforms: 'Platforms', shops: 'Shops', carriers: 'Carriers', products: 'Carrier products', anyHint: 'Nothing chosen means any. Orders beyond it are not offered this template, and the dialog says why.', save: 'Save', saved: 'saved',
    versions: 'Versions', rollBack: 'Go back to this', current: 'prints now', note: 'Note', rolledBackTo: 'back to version {{number}}', rolledBack: 'Version {{number}} prints now', compare: 'Compare with now', dots: '{{count}} dots differ', before: 'this version', now: 'now', difference: 'difference (red: new, blue: gone)', empty: 'Never published',
    waybill: 'waybill', return: 'return', item: 'item label', pick: 'pick list', packing: 'packing slip', handover: 'hand-over sheet', other: 'other', none: 'No templates. Make one, or copy a built-in one.', copyName: '{{name}} copy', close: 'Close', roll: '{{width}} mm roll', pictureOf: 'Sample of “{{name}}”',
  },
});
