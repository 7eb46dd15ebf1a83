import assert from 'node:assert/strict'
import { test } from 'node:test'
import { archive, docx, xlsx } from '#tests/world/archive.ts'
import { readXlsx } from 'hucre/xlsx'
import { Problem } from './problem.ts'
import { readTable, writeLongSheet, writeSheet } from './sheet.ts'
import { effortOf } from '#tests/world/effort.ts'

const cell = (ref: string, text: string) => `<c r="${ref}" t="inlineStr"><is><t>${text}</t></is></c>`

const HOSTILE = ['=HYPERLINK("http://x","点")', '+1', '-1+1', '@SUM(A1)', '＝1', '＠x', ' =1', '|cmd', '\t=1']

test('X1: text that looks like a formula is written as a text cell', async () => {
  const bytes = await writeSheet({
    title: '学校/名单[1]',
    columns: [{ header: '=1+1', width: 12, kind: 'text' }],
    rows: HOSTILE.map((text) => [text]),
  })
  const book = await readXlsx(bytes, { readStyles: true })
  const sheet = book.sheets[0]
  assert.ok(sheet)
  assert.doesNotMatch(sheet.name, /[/[\]]/u)
  assert.deepEqual(
    sheet.rows.map((row) => row[0]),
    ['=1+1', ...HOSTILE],
  )
})

test('X2: codes, phone numbers and things that look like dates stay as typed', async () => {
  const typed = ['13800138000', '411500199901011234', '2022-05-09', '1-2', '007', '𠮷校']
  const bytes = await writeSheet({
    title: '名单',
    columns: [
      { header: '编码', width: 20, kind: 'text' },
      { header: '人数', width: 8, kind: 'number' },
      { header: '日期', width: 12, kind: 'date' },
    ],
    rows: typed.map((text) => [text, -5, '2026-02-28']),
  })
  const read = await readTable(bytes)
  assert.deepEqual(read, { rows: [['编码', '人数', '日期'], ...typed.map((text) => [text, '-5', '2026-02-28'])] })
  const book = await readXlsx(bytes)
  assert.equal(book.sheets[0]?.rows[1]?.[1], -5)
  assert.ok(book.sheets[0]?.rows[1]?.[2] instanceof Date)
})

test('X12: characters that XML cannot hold are dropped and the workbook stays readable', async () => {
  const bytes = await writeSheet({
    title: '',
    columns: [{ header: '文字', width: 10, kind: 'text' }],
    rows: [['a\u0000\u0001b]]>&<\uD800'], [null], ['第一行\n第二行']],
  })
  assert.deepEqual(await readTable(bytes), { rows: [['文字'], ['ab]]>&<\uFFFD'], [], ['第一行\n第二行']] })
})

test('F7: a workbook that unpacks without end is refused at once', async () => {
  await readTable(xlsx(''))
  const bomb = xlsx('', [{ name: 'xl/sharedStrings.xml', data: Buffer.alloc(300 * 1024 * 1024, 'a') }])
  const effort = await effortOf(async () => assert.deepEqual(await readTable(bomb), { refused: 'archiveBomb' }))
  assert.ok(effort < 100, `${effort}`)
})

test('F8: a workbook whose headers lie about the size is refused', async () => {
  const lie = { name: 'xl/sharedStrings.xml', data: Buffer.alloc(50 * 1024 * 1024, 'a'), claimedSize: 1000 }
  assert.deepEqual(await readTable(xlsx('', [lie])), { refused: 'archiveBomb' })
})

test('F11: one cell in the last corner is refused, and the house lives on', async () => {
  const corner = `<row r="1">${cell('A1', 'a')}</row><row r="1048576">${cell('XFD1048576', 'b')}</row>`
  assert.deepEqual(await readTable(xlsx(corner)), { refused: 'sheetTooLarge' })
  assert.deepEqual(await readTable(xlsx(`<row r="1">${cell('A1', 'a')}</row>`)), { rows: [['a']] })
})

test('rows and columns have limits; empty ones at the end do not count', async () => {
  const row = (n: number, text: string) => `<row r="${n}">${cell(`A${n}`, text)}</row>`
  assert.deepEqual(await readTable(xlsx(row(20_001, '末'))), { refused: 'sheetTooLarge' })
  assert.deepEqual(await readTable(xlsx(`<row r="1">${cell('GS1', 'x')}</row>`)), { refused: 'sheetTooLarge' })
  assert.deepEqual(await readTable(xlsx(row(1, '首') + row(30_000, ' '))), { rows: [['首']] })
})

test('what is not a workbook is refused', async () => {
  assert.deepEqual(await readTable(docx()), { refused: 'contentDisagrees' })
  assert.deepEqual(await readTable(Buffer.from('PK\u0003\u0004 not really', 'latin1')), { refused: 'brokenArchive' })
  assert.deepEqual(await readTable(archive([{ name: 'a', data: 'a' }])), { refused: 'kindNotAllowed' })
})

test('a table is read by its content, and a broken one is refused', async () => {
  assert.deepEqual(await readTable(xlsx(`<row r="1">${cell('A1', '甲')}</row>`)), { rows: [['甲']] })
  assert.deepEqual(await readTable(Buffer.from('\uFEFF甲,乙')), { rows: [['甲', '乙']] })
  assert.deepEqual(await readTable(Buffer.from('d0cf11e0a1b11ae10000', 'hex')), { refused: 'brokenArchive' })
  assert.deepEqual(await readTable(Buffer.alloc(0)), { refused: 'empty' })
})

test('F10, F12: a workbook with entities, outside links or macros never reaches the parser', async () => {
  const entity = {
    name: 'xl/sharedStrings.xml',
    data: '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><sst>&b;</sst>',
  }
  assert.deepEqual(await readTable(xlsx('', [entity])), { refused: 'xmlEntities' })
  assert.deepEqual(await readTable(xlsx('', [{ name: 'xl/vbaProject.bin', data: 'x' }])), { refused: 'macro' })
})

test('a workbook that slips past every measure exhausts only its own process, and the next one is read', async () => {
  // The reader resolves the character reference, which the measuring eye does not: nineteen million cells in memory.
  const corner = `<row r="1">${cell('A1', 'a')}</row><row><c r="S&#49;000000"><v>2</v></c></row>`
  assert.deepEqual(await readTable(xlsx(corner)), { refused: 'judgeTimeout' })
  assert.deepEqual(await readTable(xlsx(`<row r="1">${cell('A1', 'a')}</row>`)), { rows: [['a']] })
})

test('of one person one long sheet is made at a time, by a process of its own, and says the same as one that is made here', async () => {
  const sheet = {
    title: '台账',
    columns: [
      { header: '序号', width: 6, kind: 'number' as const },
      { header: '事项', width: 40, kind: 'text' as const },
    ],
    rows: Array.from({ length: 600 }, (_, at) => [at + 1, `=活动 ${at}`]),
  }
  const first = writeLongSheet(sheet, 'a')
  const [again, others] = await Promise.allSettled([writeLongSheet(sheet, 'a'), writeLongSheet(sheet, 'b')])
  assert.ok(again.status === 'rejected' && again.reason instanceof Problem)
  assert.deepEqual([again.reason.status, again.reason.retryAfter], [503, 20])
  assert.match(again.reason.message, /上一份表还在导出/)
  const here = await readTable(await writeSheet(sheet))
  assert.deepEqual(await readTable(await first), here)
  assert.ok(others.status === 'fulfilled')
  assert.deepEqual(await readTable(others.value), here)
  assert.ok((await writeLongSheet(sheet, 'a')).length > 0, 'and the next one when the first is done')
})
