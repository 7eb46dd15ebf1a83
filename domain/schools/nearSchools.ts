import type { ListDoubt } from '#domain/schools/listMistakes.ts'
import type { SchoolListRow } from '#domain/schools/listRow.ts'
import { quoted, searchKey } from '#domain/base/text.ts'

const DIGITS = '零一二三四五六七八九'

/**
 * What two writings of one school have in common: no region before it, no brackets or quotes, Chinese numbers as digits, the short
 * words of a kind written out. 第33中学 and 第三十三中学, 某区豆腐营小学 and 豆腐营小学 are near.
 */
export function nearKey(name: string): string {
  return searchKey(name)
    .replace(/[\s"'“”‘’《》()（）\-—·]/g, '')
    .replace(/^.{2,12}?(?:省|市|县|区)(?=.{3,})/u, '')
    .replace(/^.{2,8}?(?:市|县|区)(?=.{3,})/u, '')
    .replace(/[一二三四五六七八九十]+/g, (text) => String(numberOf(text)))
}

/** 三十三 as 33, 十 as 10, 二 as 2. */
function numberOf(text: string): number {
  const [tens, ones] = text.includes('十') ? text.split('十') : ['', text]
  const digit = (one: string) => Math.max(0, DIGITS.indexOf(one))
  if (!text.includes('十')) return Number([...text].map(digit).join(''))
  return (tens === '' ? 1 : digit(tens ?? '')) * 10 + digit(ones ?? '')
}

const zoneKey = (name: string): string =>
  searchKey(name)
    .replace(/\s/g, '')
    .replace(/片区?$/, '')

/** Doubts about names that may be one school or one zone written twice: in the list itself, and against what is kept. */
export function nearDoubts(
  rows: readonly SchoolListRow[],
  known: { schools: readonly { name: string }[]; zones: readonly string[]; added: readonly SchoolListRow[] },
): ListDoubt[] {
  const doubts: ListDoubt[] = []
  const add = (row: SchoolListRow, column: string, kind: ListDoubt['kind'], message: string) =>
    doubts.push({ sheet: row.sheet, row: row.row, school: row.name, column, kind, message })
  const added = new Set(known.added)
  const names = new Map<string, string>(known.schools.map((one) => [nearKey(one.name), one.name]))
  const zones = new Map<string, string>(known.zones.map((one) => [zoneKey(one), one]))
  const told = new Set<string>()
  for (const row of rows) {
    const key = nearKey(row.name)
    const other = names.get(key)
    if (added.has(row) && other !== undefined && other !== row.name)
      add(
        row,
        '学校名称',
        'nearSchool',
        `${quoted(row.name)}与${quoted(other)}可能是同一所学校；是两所请确认，是一所请改成同样的名称。`,
      )
    if (other === undefined) names.set(key, row.name)
    const zone = zones.get(zoneKey(row.zone))
    if (zone === undefined) zones.set(zoneKey(row.zone), row.zone)
    else if (zone !== row.zone && !told.has(row.zone)) {
      told.add(row.zone)
      add(
        row,
        '片区',
        'nearZone',
        `片区${quoted(row.zone)}与${quoted(zone)}只差一点；是两个片区请确认，是一个请改成同样的名称。`,
      )
    }
  }
  return doubts
}
