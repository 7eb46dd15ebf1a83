import assert from 'node:assert/strict'
import { test } from 'node:test'
import { titleOf } from './listColumns.ts'
import type { SheetTable } from './listTable.ts'
import { nearDoubts, nearKey } from './nearSchools.ts'
import { cellKey, noChoices, rowKey } from './listRow.ts'
import { doubtKinds, mistakeKinds } from './listMistakes.ts'
import { plainSheet, readSchoolList } from './schoolList.ts'
import { type KnownSchool, planSchoolList } from './schoolPlan.ts'
import { effortOf } from '#tests/world/effort.ts'

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
const read = (cells: string[][], over: Partial<SheetTable> = {}) => readSchoolList([{ ...plainSheet(cells), ...over }])
const kindsOf = (cells: string[][]) => new Set(read(cells).mistakes.map((one) => one.kind))
const doubtsOf = (cells: string[][]) => read(cells).doubts.map((one) => [one.row, one.kind])
const namesOf = (cells: string[][], over: Partial<SheetTable> = {}) => read(cells, over).rows.map((one) => one.name)

test('a correct list is read without a word, whatever the order of its columns', () => {
  const reading = read([header, good].map((cells) => cells.toReversed()))
  assert.deepEqual([reading.mistakes, reading.doubts, reading.notes], [[], [], []])
  assert.deepEqual(
    reading.rows.map((one) => [one.name, one.code, one.studentCount]),
    [['演示小学', '2141503001', 900]],
  )
})

test('twenty kinds of mistakes are all named, each with its row, in one reading', () => {
  const cells = [
    [...header, '学段', '电话'],
    row({ 0: '' }),
    row({ 0: '很'.repeat(61) }),
    row({ 0: '重复小学' }),
    row({ 0: '重复小学' }),
    row({ 1: '大学' }),
    row({ 2: '国营' }),
    row({ 3: '片'.repeat(31) }),
    row({ 4: '123' }),
    row({ 4: '2141509999' }),
    row({ 4: '2141509999' }),
    row({ 5: '党小组' }),
    row({ 6: '13800000000' }),
    row({ 6: '王一、李二（主持）' }),
    row({ 7: '' }),
    row({ 7: '二十' }),
    row({ 7: '-3' }),
    row({ 8: '60.5' }),
    row({ 9: '9999999' }),
    row({ 3: '=HYPERLINK("http://x")' }),
    row({ 6: '#N/A' }),
    row({ 6: '演示\u0007书记' }),
    [...row(), '小学', '无电话'],
    [...row(), '小学', '0372-0000000', '多出来'],
  ]
  const reading = read(cells)
  const kinds = new Set(reading.mistakes.map((one) => one.kind))
  const elsewhere = new Set(['emptyFile', 'noHeader', 'noRows', 'columnMissing', 'zoneMissing'])
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

test('an empty file, a file without a header, a lone header, a missing column and a missing zone are told apart', () => {
  assert.deepEqual([...kindsOf([])], ['emptyFile'])
  assert.deepEqual([...kindsOf([['请先看说明'], ['再填表']])], ['noHeader'])
  assert.deepEqual([...kindsOf([header])], ['noRows'])
  assert.deepEqual([...kindsOf([header.slice(1), good.slice(1)])], ['columnMissing'])
  assert.deepEqual([...kindsOf([header, row({ 3: '' })])], ['zoneMissing'])
})

test('what may be true is a doubt for a person to confirm, never a mistake (office-6)', () => {
  const cells = [
    header,
    row({ 7: '61' }),
    row({ 5: '未建（派指导员）' }),
    row({ 6: '空缺' }),
    row({ 6: '' }),
    row({ 4: '3141508888' }),
    row({ 8: '0' }),
    row({ 9: '0' }),
  ]
  const reading = read(cells, { hiddenRows: [1] })
  assert.deepEqual(reading.mistakes, [])
  assert.deepEqual(
    reading.doubts.map((one) => [one.row, one.kind]),
    [
      [2, 'hiddenRow'],
      [2, 'membersOverStaff'],
      [3, 'noBranch'],
      [4, 'secretaryVacant'],
      [5, 'secretaryVacant'],
      [6, 'codeAgainstStage'],
      [7, 'staffZero'],
      [8, 'studentsZero'],
    ],
  )
  assert.deepEqual(new Set(reading.doubts.map((one) => one.kind)), new Set(Object.keys(doubtKinds)))
  assert.deepEqual(reading.rows.map((one) => [one.partyKind, one.secretaryName]).slice(1, 4), [
    ['未建', '演示书记'],
    ['党支部', ''],
    ['党支部', ''],
  ])
})

test('the header is found below titles and notes, in two lines, with breaks, spaces and brackets (office-14, T2-02)', () => {
  const title = ['演示区学校基本情况表', '', '', '', '', '', '', '', '', '']
  const merges = [{ top: 0, left: 0, bottom: 0, right: 9 }]
  assert.equal(namesOf([title, ['2026年11月'], header, row(), row()], { merges }).length, 2)
  const messy = header.map((one, at) =>
    at === 0 ? '学校\n名称' : at === 1 ? '学 段' : at === 4 ? '学校标识码（10位）*' : one,
  )
  assert.equal(namesOf([messy, row()]).length, 1)
  const upper = [...header.slice(0, 7), '人数', '', '']
  const lower = ['', '', '', '', '', '', '', '党员', '教职工', '学生']
  const twoLines = [
    ...[0, 1, 2, 3, 4, 5, 6].map((at) => ({ top: 0, left: at, bottom: 1, right: at })),
    { top: 0, left: 7, bottom: 0, right: 9 },
  ]
  const reading = read([upper, lower, row()], { merges: twoLines })
  assert.deepEqual(reading.mistakes, [])
  assert.deepEqual(
    reading.rows.map((one) => [one.memberCount, one.staffCount, one.studentCount, one.row]),
    [[20, 60, 900, 3]],
  )
})

test('unknown columns, blank rows, totals and signatures are passed over, and each is told', () => {
  const cells = [
    ['序号', ...header, '建校时间', '备注'],
    ['1', ...row(), '1998', ''],
    [],
    ['合计', '', '', '', '', '', '', '', '20', '60', '900'],
    ['制表人：演示', '', '', '审核人：演示'],
  ]
  const reading = read(cells)
  assert.deepEqual([reading.rows.length, reading.mistakes, reading.doubts], [1, [], []])
  const told = reading.notes.map((one) => one.message).join('')
  for (const part of ['“序号”“建校时间”“备注”', '合计', '空行没有读：第 3 行', '制表人'])
    assert.ok(told.includes(part), part)
})

test('a merged or blank zone is that of the row above, and a blank one is told (T2-02)', () => {
  const cells = [header, row({ 3: '东片区' }), row({ 3: '' }), row({ 3: '西片区' }), row({ 3: '' })]
  const merges = [
    { top: 1, left: 3, bottom: 2, right: 3 },
    { top: 3, left: 3, bottom: 4, right: 3 },
  ]
  for (const reading of [read(cells, { merges }), read(cells)])
    assert.deepEqual(
      reading.rows.map((one) => one.zone),
      ['东片区', '东片区', '西片区', '西片区'],
    )
  assert.equal(read(cells, { merges }).notes.length, 0)
  assert.equal(read(cells).notes.length, 2)
})

test('every sheet with a header is read and every other one is named (office-5)', () => {
  const sheets = [
    { ...plainSheet([['填表说明'], ['一、请如实填写']]), name: '填表说明' },
    { ...plainSheet([header, row()]), name: '公办' },
    { ...plainSheet([header, row(), row()]), name: '民办' },
  ]
  const reading = readSchoolList(sheets)
  assert.deepEqual(
    reading.sheets.map((one) => [one.sheet, one.rows]),
    [
      ['公办', 1],
      ['民办', 2],
    ],
  )
  assert.equal(reading.rows.length, 3)
  assert.ok(reading.notes.some((one) => one.message.includes('填表说明')))
})

test('the words that bureaus use mean what they mean', () => {
  const words: [number, string, string][] = [
    [1, '初级中学', '初中'],
    [1, '高级中学', '高中'],
    [1, '九年一贯制学校', '九年一贯制'],
    [1, '完中', '完全中学'],
    [1, '特教', '特殊教育'],
    [1, '职业高中', '中职'],
    [2, '公立', '公办'],
    [2, '教育部门', '公办'],
    [2, '普惠性民办', '民办'],
    [5, '支部', '党支部'],
    [5, '联合支部', '联合党支部'],
    [5, '无', '未建'],
    [5, '', '未建'],
    [5, '党建指导员', '未建'],
    [4, '="2141503901"', '2141503901'],
    [4, "'2141503902", '2141503902'],
    [4, '2141503903.0', '2141503903'],
    [6, '演示书记（主持）', '演示书记'],
  ]
  for (const [at, typed, meant] of words) {
    const reading = read([header, row({ [at]: typed })])
    assert.deepEqual(reading.mistakes, [], typed)
    const [one] = reading.rows
    assert.ok(one)
    assert.ok([one.stage, one.ownership, one.partyKind, one.code, one.secretaryName].includes(meant), typed)
  }
})

test('a person’s choices name a column, mend a cell and leave out a row', () => {
  const cells = [header.with(9, '在读规模'), row({ 7: '二十' }), row()]
  const at = (n: number) => ({ sheet: '', row: n })
  assert.deepEqual([...kindsOf(cells)], ['columnMissing'])
  const reading = readSchoolList([plainSheet(cells)], {
    ...noChoices,
    mapping: { 在读规模: 'students' },
    cells: { [cellKey(at(2), 'members')]: '20' },
    left: [rowKey(at(3))],
  })
  assert.deepEqual(reading.mistakes, [])
  assert.deepEqual(
    reading.rows.map((one) => [one.row, one.memberCount, one.studentCount]),
    [[2, 20, 900]],
  )
  assert.ok(reading.notes.some((one) => one.row === 3))
})

test('a failed formula is named in every column (T2-03)', () => {
  for (const at of [0, 1, 3, 4, 5, 6, 7])
    for (const failed of ['#N/A', '#REF!', '#VALUE!', '#NAME?', '#DIV/0!'])
      assert.ok(kindsOf([header, row({ [at]: failed })]).has('formulaError'), `${at} ${failed}`)
})

test('full-width digits, thousands and a trailing 人 are read as the numbers they mean', () => {
  const reading = read([header, row({ 9: '１，２３４人', 4: '２１４１５０３００１' })])
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

test('two writings of one school or zone are near, and two schools are not (office-18)', () => {
  const near = [
    ['北关区豆腐营小学', '安阳市北关区豆腐营小学'],
    ['豆腐营小学', '北关区豆腐营小学'],
    ['第33中学', '第三十三中学'],
    ['红旗小学(东校区)', '“红旗”小学（东校区）'],
  ]
  for (const [one = '', other = ''] of near) assert.equal(nearKey(one), nearKey(other), one)
  for (const [one = '', other = ''] of [
    ['第三中学', '第十三中学'],
    ['红旗小学', '红星小学'],
    ['城区实验小学', '城区第二实验小学'],
  ])
    assert.notEqual(nearKey(one), nearKey(other), one)
  const cells = [
    header,
    row({ 3: '灯塔片区' }),
    row({ 0: '演示第33中学', 3: '灯塔片' }),
    row({ 0: '演示第三十三中学', 3: '灯塔' }),
  ]
  const { rows } = read(cells)
  assert.deepEqual(
    nearDoubts(rows, { schools: [], zones: [], added: rows }).map((one) => [one.row, one.kind]),
    [
      [3, 'nearZone'],
      [4, 'nearSchool'],
      [4, 'nearZone'],
    ],
  )
})

test('a code that belongs to another school follows the name only after a look, and nothing written changes hands (T2-06)', () => {
  const first = row({ 0: '试验一小', 4: '2141009901' })
  const second = row({ 0: '试验二小', 4: '2141009902' })
  const [one] = read([header, first.with(4, '2141009902')]).rows
  assert.ok(one)
  const { sheet: _sheet, row: _row, clerkName: _clerk, ...kept } = one
  const known: KnownSchool = { ...kept, id: 'kept', retired: false }
  const plan = planSchoolList(read([header, first, second]).rows, [known])
  assert.deepEqual(
    plan.changed.map((each) => [each.schoolId, each.row.name, each.changes.map((change) => change.label)]),
    [['kept', '试验一小', [titleOf('code')]]],
  )
  assert.deepEqual(
    plan.added.map((each) => each.name),
    ['试验二小'],
  )
  assert.deepEqual(
    plan.doubts.map((each) => [each.row, each.kind]),
    [[3, 'codeAgainstName']],
  )
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
  assert.deepEqual(read([titles, row()]).mistakes, [])
  assert.deepEqual(doubtsOf([titles, row()]), [])
})

test('five thousand rows with a mistake in each are read at once', async () => {
  const cells = [header, ...Array.from({ length: 5000 }, () => row({ 1: '大学' }))]
  const effort = await effortOf(() => assert.equal(read(cells).mistakes.length, 5000))
  assert.ok(effort < 200, `${effort}`)
})
