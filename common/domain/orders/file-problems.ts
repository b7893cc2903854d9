/** Why a whole file is refused before any of its rows is taken, with what to do about it. */

export const fileProblems = [
  'empty', 'too-large', 'too-many-rows', 'zip-too-many-entries', 'zip-too-large', 'zip-size-lies', 'zip-broken', 'zip-nested', 'not-a-workbook', 'password-protected',
  'external-links', 'dangerous-xml', 'xml-broken', 'xls-broken', 'html-without-table', 'binary', 'no-table', 'timeout', 'memory', 'pdf', 'image', 'worker-failed',
] as const;
export type FileProblem = (typeof fileProblems)[number];

export const fileProblemTexts: Readonly<Record<FileProblem, { readonly zh: string; readonly en: string }>> = {
  empty: { zh: '里面是空的。请重新导出。', en: 'it is empty. Export it again.' },
  'too-large': { zh: '超过 64 MB。请分段导出。', en: 'it is larger than 64 MB. Export it in parts.' },
  'too-many-rows': { zh: '超过 100,000 行。请分段导出。', en: 'it has more than 100,000 rows. Export it in parts.' },
  'zip-too-many-entries': { zh: '压缩包里的文件多得不像工作簿。请确认来源。', en: 'it packs more files than a workbook has. Check where it comes from.' },
  'zip-too-large': { zh: '解压后大得不正常（压缩炸弹）。请确认来源。', en: 'it unpacks to an abnormal size (a zip bomb). Check where it comes from.' },
  'zip-size-lies': { zh: '声明的大小与实际不符，可能被做过手脚。请重新导出。', en: 'the sizes it declares are not the real ones. Export it again.' },
  'zip-broken': { zh: '文件不完整或已损坏。请重新下载或导出。', en: 'it is cut off or damaged. Download or export it again.' },
  'zip-nested': { zh: '工作簿里又套了压缩包。请另存为普通 xlsx。', en: 'it hides another archive inside. Save it as a plain xlsx.' },
  'not-a-workbook': { zh: '是压缩包，不是 Excel 工作簿。请先解压，再选里面的文件。', en: 'it is an archive but no workbook. Unpack it and choose the file inside.' },
  'password-protected': { zh: '有密码保护。请去掉密码另存一份。', en: 'it is protected by a password. Save a copy without one.' },
  'external-links': { zh: '引用了别的文件，不安全。请另存为只含数值的副本。', en: 'it links to other files, which is not safe. Save a copy that holds values only.' },
  'dangerous-xml': { zh: '含有表格不该有的 XML 声明，已拒绝。请重新导出。', en: 'it holds XML declarations no workbook has. Export it again.' },
  'xml-broken': { zh: '内容已损坏。请重新导出。', en: 'its content is damaged. Export it again.' },
  'xls-broken': { zh: '旧版 Excel 文件已损坏。请用表格软件另存为 xlsx。', en: 'the old Excel file is damaged. Save it as xlsx.' },
  'html-without-table': { zh: '其实是一个网页，里面没有表格（可能是登录过期的页面）。请登录后重新导出。', en: 'it is a web page without a table, perhaps a log-in page. Log in and export again.' },
  binary: { zh: '不是文本表格。请选 csv、xlsx 或 xls。', en: 'it is no table of text. Choose a csv, xlsx or xls file.' },
  'no-table': { zh: '里面没有表格。', en: 'there is no table in it.' },
  timeout: { zh: '读取超过 20 秒，已停止。请分段导出。', en: 'reading took more than 20 seconds and was stopped. Export it in parts.' },
  memory: { zh: '读取所需内存过大，已停止。请分段导出。', en: 'reading needed too much memory and was stopped. Export it in parts.' },
  pdf: { zh: '是 PDF。请导出 csv 或 xlsx。', en: 'it is a PDF. Export csv or xlsx.' },
  image: { zh: '是图片。请导出 csv 或 xlsx。', en: 'it is a picture. Export csv or xlsx.' },
  'worker-failed': { zh: '读取时出错，其他功能不受影响。请重新导出后再试。', en: 'reading it failed; nothing else is affected. Export it again.' },
};
