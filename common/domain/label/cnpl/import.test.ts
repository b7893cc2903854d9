import { describe, expect, it } from 'vitest';
import { allElements } from '../document.ts';
import { looksLikeCnpl, readCnpl } from './import.ts';

const page = (body: string): string => `<?xml version="1.0" encoding="UTF-8"?>
<page xmlns="http://cloudprint.cainiao.com/print" width="100" height="180" splitable="false">${body}</page>`;
const read = (source: string) => {
  const reading = readCnpl(source, 'test');
  if (!reading.ok) throw new Error(reading.reason);
  return reading;
};

describe('CNPL import', () => {
  it('takes text, lines, boxes and codes over at their places', () => {
    const { document, notTaken } = read(page(`
      <layout left="2" top="3" width="96" height="40" style="borderWidth:1;">
        <text left="1" top="1" width="50" height="6" style="fontSize:12;fontWeight:bold;align:center;"><![CDATA[收件：<%=_data.recipient.name%> <%=_data.recipient.mobile%>]]></text>
        <barcode left="5" top="10" width="60" height="15" type="code128" value="<%=_data.waybillCode%>" style="hideText:false"/>
        <barcode left="75" top="10" width="20" height="20" type="qrcode" errorCorrection="2"><![CDATA[<%=_data.qrCode%>]]></barcode>
        <line startX="0" startY="30" endX="96" endY="30" style="lineWidth:0.5;lineType:dashed"/>
      </layout>`));
    expect(notTaken).toEqual([]);
    expect(document.media).toMatchObject({ width: 100_000, height: 180_000 });
    expect(document.elements.map((one) => [one.type, one.x, one.y])).toEqual([['box', 2000, 3000], ['text', 3000, 4000], ['barcode', 7000, 13000], ['qr', 77000, 13000], ['line', 2000, 33000]]);
    expect(document.elements[1]).toMatchObject({ content: [{ text: '收件：' }, { field: 'recipient.name', format: [{ kind: 'mask', as: 'name' }] }, { text: ' ' }, { field: 'recipient.phone', format: [{ kind: 'mask', as: 'phone' }] }], font: { weight: 'bold', size: 4233 }, align: 'center' });
    expect(document.elements[2]).toMatchObject({ symbology: 'code128', content: [{ field: 'waybill.number' }], caption: {} });
    expect(document.elements[3]).toMatchObject({ level: 'Q' });
    expect(document.elements[4]).toMatchObject({ direction: 'horizontal', dash: {} });
  });

  it('reads conditions and logo switches as data', () => {
    const { document, notTaken } = read(page(`
      <% if(_config.needTopLogo) { %><text left="1" top="1" width="20" height="5">圆通</text><% } %>
      <% if (_data.buyerMemo) { %><% if(_data.cpCode == "YTO"){ %><text left="1" top="9" width="20" height="5"><%=_data.buyerMemo%></text><% } %><% } %>
      <text left="1" top="20" width="20" height="5">after</text>`));
    expect(notTaken).toEqual([]);
    expect(document.elements[0]).toMatchObject({ logo: 'upper' });
    expect(document.elements[1]).toMatchObject({ when: { op: 'all', of: [{ op: 'filled', field: 'order.buyerNote' }, { op: 'is', field: 'waybill.carrier.code', value: 'YTO' }] } });
    expect(document.elements[2]?.when).toBeUndefined();
  });

  it('lists what it does not take over and never drops it in silence', () => {
    const { document, notTaken } = read(page(`
      <%@ include "http://example.com/print.js" %>
      <% var x = new Function("return process")(); %>
      <% for(var i=0;i<_data.list.length;i++){ %><text left="1" top="1" width="20" height="5"><%=_data.itemInfo.secret%></text><% } %>
      <text left="1" top="8" width="20" height="5"><%=eval("1+1")%></text>
      <image left="1" top="10" width="20" height="20" src="http://example.com/logo.png"/>
      <barcode left="1" top="40" width="40" height="10" type="pdf417" value="x"/>
      <blink left="1"/>
      <text left="1" top="60" width="20" height="5" style="fontFamily:SimSun;rotation:45">宋体</text>`));
    expect(notTaken.map((one) => one.why)).toEqual(['include', 'script', 'loop', 'field', 'script', 'remote_picture', 'symbology', 'tag', 'font', 'rotation']);
    // The unknown field stays where it was, so that the lint names it.
    expect(allElements(document.elements)[0]).toMatchObject({ type: 'table', columns: [{ content: [{ field: 'cnpl.itemInfo.secret' }] }] });
  });

  it('takes custom areas and tables of fixed cells', () => {
    const { document, notTaken } = read('<layout width="100" height="40"><table left="0" top="0" width="100"><tr><th width="30">名称</th><th width="70%">备注</th></tr><tr><td height="8">a</td><td><%=_data.remark%></td></tr></table></layout>');
    expect(notTaken).toEqual([]);
    expect(document.media).toMatchObject({ width: 100_000, height: 40_000 });
    expect(document.elements.filter((one) => one.type === 'box').map((one) => [one.x, one.width])).toEqual([[0, 30_000], [30_000, 70_000], [0, 30_000], [30_000, 70_000]]);
  });

  it('refuses what could harm or is no template', () => {
    expect(readCnpl('<!DOCTYPE page [<!ENTITY a "b">]><page width="1" height="1">&a;</page>', 'x')).toEqual({ ok: false, reason: 'doctype' });
    expect(readCnpl(page('<text>'), 'x').ok).toBe(false);
    expect(readCnpl('<html><body/></html>', 'x')).toEqual({ ok: false, reason: 'root element is html' });
    expect(readCnpl(page('<layout>'.repeat(60) + '</layout>'.repeat(60)), 'x')).toEqual({ ok: false, reason: 'too_deep' });
    expect([looksLikeCnpl(page('')), looksLikeCnpl('{"format":"x"}'), looksLikeCnpl('hello')]).toEqual([true, false, false]);
  });
});
