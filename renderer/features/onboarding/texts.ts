import { defineTexts } from '../../i18n/index.ts';

export const useWelcomeTexts = defineTexts('welcome', {
  zh: {
    title: '第一张面单，一分钟',
    intro: '可以先放一家示例店铺、24 个示例订单（人名地址都是编的）、500 个示例单号和一台虚拟打印机：不用接打印机就能把整条路走一遍。',
    after: '打出来的面单是图片，存在数据文件夹里；示例单号不能寄件。',
    accept: '放入示例，试打一张',
    decline: '不用，我直接开始',
    loading: '正在放入示例…',
  },
  en: {
    title: 'Your first label in a minute',
    intro: 'Packbench can put in a sample shop, 24 sample orders (all people invented), 500 sample numbers and a virtual printer, so that you can walk the whole way without a device.',
    after: 'Labels come out as pictures in the data folder; sample numbers cannot ship anything.',
    accept: 'Put the samples in',
    decline: 'No, I start with my own',
    loading: 'putting the samples in…',
  },
});
