/** Script blocks moved out of a Cainiao-language template, so that what is left is XML. Nothing in them is looked at here. */
export interface Prepared {
  /** XML in which every script block outside CDATA is a processing instruction or, inside a tag, a numbered token. */
  readonly xml: string;
  readonly scripts: readonly string[];
}

/** Token of a script inside an attribute value or CDATA. */
export const scriptToken = /\u{E000}(\d+)\u{E001}/gu;

/** Makes well-formed XML of a template by moving `<% … %>` blocks out of it. */
export function setScriptsAside(source: string): Prepared {
  const scripts: string[] = [];
  let xml = '';
  let place: 'text' | 'tag' | 'cdata' | 'comment' = 'text';
  let tagAt = 0;
  /** True behind the opening tag of an element whose body is text. */
  let inText = false;
  const ends = { cdata: ']]>', comment: '-->' } as const;
  for (let at = 0; at < source.length; ) {
    if (place !== 'comment' && source.startsWith('<%', at) && !source.startsWith('<%%', at)) {
      const end = source.indexOf('%>', at + 2);
      if (end < 0) break;
      scripts.push(source.slice(at + 2, end));
      const number = scripts.length - 1;
      // A block between tags stands for structure, one inside a value for text.
      xml += place === 'text' && !inText ? `<?cnpl ${number}?>` : `\u{E000}${number}\u{E001}`;
      at = end + 2;
      continue;
    }
    if (place === 'text' && source.startsWith('<![CDATA[', at)) {
      place = 'cdata';
      xml += '<![CDATA[';
      at += 9;
      continue;
    }
    if (place === 'text' && source.startsWith('<!--', at)) place = 'comment';
    else if (place === 'text' && source[at] === '<') {
      place = 'tag';
      tagAt = at;
    } else if (place === 'tag' && source[at] === '>') {
      place = 'text';
      inText = source[at - 1] !== '/' && textTag.test(source.slice(tagAt, tagAt + 60));
    }
    else if ((place === 'cdata' || place === 'comment') && source.startsWith(ends[place], at)) {
      xml += ends[place];
      at += 3;
      place = 'text';
      continue;
    }
    xml += source[at] ?? '';
    at++;
  }
  return { xml, scripts };
}

const textTag = /^<(?:[\w-]+:)?(?:text|barcode|th|td)\b/;
