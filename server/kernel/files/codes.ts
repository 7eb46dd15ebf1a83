import { Refused } from './refused.ts'

/** Fields of Word and formulas of Excel: what computes is taken, what fetches from elsewhere or starts a program is not. */

const FIELDS = new Set(
  (
    'ADDIN ADVANCE ASK AUTHOR AUTONUM AUTONUMLGL AUTONUMOUT BARCODE BIBLIOGRAPHY BOOKMARK CITATION COMMENTS COMPARE ' +
    'CREATEDATE DATE DISPLAYBARCODE DOCPROPERTY DOCVARIABLE EDITTIME EQ FILENAME FILESIZE FILLIN FORMCHECKBOX ' +
    'FORMDROPDOWN FORMTEXT GOTOBUTTON HYPERLINK IF INDEX INFO KEYWORDS LASTSAVEDBY LISTNUM MERGEBARCODE MERGEFIELD ' +
    'MERGEREC MERGESEQ NEXT NEXTIF NOTEREF NUMCHARS NUMPAGES NUMWORDS PAGE PAGEREF PRINTDATE PRIVATE REF REVNUM ' +
    'SAVEDATE SECTION SECTIONPAGES SEQ SET SHAPE SKIPIF STYLEREF SUBJECT SYMBOL TA TC TEMPLATE TIME TITLE TOA TOC ' +
    'USERADDRESS USERINITIALS USERNAME XE'
  ).split(' '),
)
const BEGIN = '\u0001'
const END = '\u0002'

/** Word splits a field code over many runs (“DD” + “E”), so the pieces are joined before they are read; marks say where a field begins and ends. */
export function fieldCodes(text: string): string {
  if (!/instrtext|fldsimple|fldchar/iu.test(text)) return ''
  const bare = withoutComments(text.replace(/<!\[CDATA\[|\]\]>/gu, ''))
  let codes = ''
  const pieces =
    /<(?:[\w.-]+:)?(?:instrText\b[^<>]*>([^<]*)|fldSimple\b[^<]*?\binstr\s*=\s*(?:"([^"<]*)|'([^'<]*))|fldChar\b[^<]*?\bfldCharType\s*=\s*["'](\w+))/giu
  for (const [, run, double, single, mark] of bare.matchAll(pieces)) {
    if (mark) codes += mark.toLowerCase() === 'begin' ? BEGIN : END
    else if (run === undefined) codes += `${BEGIN}${plain(double ?? single ?? '')}${END}`
    else codes += plain(run)
  }
  return codes
}

export function checkFields(codes: string): void {
  if (/\bdde(auto)?\b/iu.test(codes)) throw new Refused('dde')
  for (const [, nested, name = ''] of codes.matchAll(
    /\u0001[ \t\r\n\u00a0]{0,99}(?:(\u0001)|([^\s"\\\u0001\u0002]{1,40})(?=[\s"\\\u0001\u0002]))/gu,
  )) {
    // A name that another field makes could become any.
    if (nested || !(name.startsWith('=') || FIELDS.has(name.toUpperCase()))) throw new Refused('field')
  }
}

const FETCHING =
  /\b(?:webservice|image|call|register(?:\.id)?|rtd|exec|dde|sql\.request|stockhistory|importdata|cube[a-z]+|initiate|request)\s{0,9}\(|\|\s{0,9}'?[^!|]{0,500}!/iu

export function checkFormulas(text: string): void {
  const formulas = text.matchAll(/<(?:[\w.-]+:)?(?:f|formula[12]?|definedName)(?:\s[^<>]*)?>([^<]*)/giu)
  for (const [, formula = ''] of formulas) {
    const code = plain(formula).replace(/"[^"]*"/gu, '""')
    if (/\bdde(auto)?\s*\(/iu.test(code)) throw new Refused('dde')
    if (FETCHING.test(code)) throw new Refused('formula')
  }
}

/** Looks for each end once: a pattern would look for it anew from every beginning. */
function withoutComments(text: string): string {
  const pieces: string[] = []
  let at = 0
  for (;;) {
    const start = text.indexOf('<!--', at)
    const end = start < 0 ? -1 : text.indexOf('-->', start + 4)
    if (end < 0) return pieces.join('') + text.slice(at)
    pieces.push(text.slice(at, start))
    at = end + 3
  }
}

export function plain(text: string): string {
  return text
    .replace(/&#x([0-9a-f]{1,6});/giu, (_, hex: string) => char(Number.parseInt(hex, 16)))
    .replace(/&#(\d{1,7});/gu, (_, digits: string) => char(Number(digits)))
    .replaceAll('&lt;', '<')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')
}

const char = (code: number): string => (code <= 0x10ffff ? String.fromCodePoint(code) : '')
