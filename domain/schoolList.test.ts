import assert from 'node:assert/strict'
import { test } from 'node:test'
import { mistakeKinds, readSchoolList } from './schoolList.ts'

const header = [
  '学校名称',
  '学段',
  '办学性质',
  '片区',
  '学校标识码',
  '党组织类型',
  '党组织书记',
  '党员人数',
  '教职工人数',
  '学生人数',
]
const good = ['演示小学', '小学', '公办', '第一片区', '2141503001', '党支部', '演示书记', '20', '60', '900']
/** The good row with some cells replaced, a name and code of its own unless given. */
let made = 0
const row = (changes: Partial<Record<number, string>> = {}) => {
  made += 1
  return good.map(
    (cell, at) => changes[at] ?? (at === 0 ? `演示小学${made}` : at === 4 ? String(2141500000 + made) : cell),
  )
}
const kindsOf = (cells: string[][]) => new Set(readSchoolList(cells).mistakes.map((one) => one.kind))

test('a correct list is read without a word, whatever the order of its columns', () => {
  const reading = readSchoolList([header, good].map((cells) => cells.toReversed()))
  assert.deepEqual(reading.mistakes, [])
  assert.deepEqual(
    reading.rows.map((one) => [one.name, one.code, one.studentCount]),
    [['演示小学', '2141503001', 900]],
  )
})

test('twenty kinds of mistakes are all named, each with its row, in one reading', () => {
  const cells = [
    [...header, '备注', '学段'],
    row({ 0: '' }),
    row({ 0: '很'.repeat(61) }),
    row({ 0: '重复小学' }),
    row({ 0: '重复小学' }),
    row({ 1: '大学' }),
    row({ 2: '公立' }),
    row({ 3: '' }),
    row({ 3: '片'.repeat(31) }),
    row({ 9: '0' }),
    row().slice(0, 6),
    row({ 4: '123' }),
    row({ 4: '2141509999' }),
    row({ 4: '2141509999' }),
    row({ 4: '3141508888' }),
    row({ 5: '党小组' }),
    row({ 6: '' }),
    row({ 6: '13800000000' }),
    row({ 7: '' }),
    row({ 7: '二十' }),
    row({ 7: '-3' }),
    row({ 8: '60.5' }),
    row({ 9: '9999999' }),
    row({ 7: '61' }),
    row({ 8: '0' }),
    row({ 3: '=HYPERLINK("http://x")' }),
    row({ 6: '演示\u0007书记' }),
    [...row(), '', '', '多出来'],
    ['', '', '', ''],
    ['合计', '', '', '', '', '', '', '300', '900', '9000'],
    row(),
  ]
  const reading = readSchoolList(cells)
  const kinds = new Set(reading.mistakes.map((one) => one.kind))
  const elsewhere = new Set(['emptyFile', 'noRows', 'columnMissing'])
  assert.deepEqual(
    [...kinds].toSorted(),
    Object.keys(mistakeKinds)
      .filter((kind) => !elsewhere.has(kind))
      .toSorted(),
  )
  assert.ok(kinds.size >= 20)
  assert.ok(reading.mistakes.every((one) => one.row >= 1 && one.message.endsWith('。')))
  assert.equal(reading.mistakes.find((one) => one.kind === 'nameTwice')?.row, 5)
})

test('an empty file, a lone header and a missing column are told apart', () => {
  assert.deepEqual([...kindsOf([])], ['emptyFile'])
  assert.deepEqual([...kindsOf([header])], ['noRows'])
  assert.deepEqual([...kindsOf([header.slice(1), good.slice(1)])], ['columnMissing'])
})

test('full-width digits, thousands and a trailing 人 are read as the numbers they mean', () => {
  const reading = readSchoolList([header, row({ 9: '１，２３４人', 4: '２１４１５０３００１' })])
  assert.deepEqual(reading.mistakes, [])
  assert.deepEqual(
    reading.rows.map((one) => [one.studentCount, one.code]),
    [[1234, '2141503001']],
  )
})

test('the same name with other brackets or spaces is the same school, and invisible characters are named', () => {
  assert.deepEqual(
    [...kindsOf([header, row({ 0: '红旗小学（东校区）' }), row({ 0: '红旗 小学(东校区)' })])],
    ['nameTwice'],
  )
  assert.deepEqual([...kindsOf([header, row({ 0: '红旗\u200b小学' })])], ['controlCharacter'])
})

test('a text that a spreadsheet would compute is named, a negative number keeps its own message', () => {
  for (const name of ['=1+1', '+1小学', '-1小学', '@sum', '\t=1'])
    assert.deepEqual([...kindsOf([header, row({ 0: name })])], ['formulaText'], name)
  assert.deepEqual([...kindsOf([header, row({ 9: '-5' })])], ['numberNegative'])
})

test('a byte order mark, empty columns at the end and synonyms of the header are no mistakes', () => {
  const titles = [
    '\ufeff单位名称',
    '学校类型',
    '性质',
    '所属片区',
    '学校代码（必填）',
    '党组织',
    '书记',
    '党员数',
    '教师人数',
    '在校生数',
    '',
    '',
  ]
  assert.deepEqual(readSchoolList([titles, row()]).mistakes, [])
})

test('five thousand rows with a mistake in each are read at once', () => {
  const started = performance.now()
  const reading = readSchoolList([header, ...Array.from({ length: 5000 }, () => row({ 1: '大学' }))])
  assert.equal(reading.mistakes.length, 5000)
  assert.ok(performance.now() - started < 5000)
})
