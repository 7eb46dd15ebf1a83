import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readCsv, writeCsv } from './csv.ts'

const ROWS = [
  ['编码', '学校'],
  ['001', '北关区第一小学'],
]

test('UTF-8 with and without BOM, GB18030 and UTF-16 read alike', () => {
  const text = '编码,学校\r\n001,北关区第一小学\r\n'
  assert.deepEqual(readCsv(Buffer.from(text)), { rows: ROWS })
  assert.deepEqual(readCsv(Buffer.from(`\uFEFF${text}`)), { rows: ROWS })
  assert.deepEqual(readCsv(Buffer.from(`\uFEFF${text}`, 'utf16le')), { rows: ROWS })
  const gb = 'b1e0c2eb2cd1a7d0a30d0a3030312cb1b1b9d8c7f8b5dad2bbd0a1d1a70d0a'
  assert.deepEqual(readCsv(Buffer.from(gb, 'hex')), { rows: ROWS })
})

test('rare characters of GB18030 in four bytes are read', () => {
  const rare = Buffer.concat([Buffer.from('cfc9d1a7', 'hex'), Buffer.from('9836b336', 'hex')])
  const read = readCsv(rare)
  assert.ok('rows' in read)
  assert.match(read.rows[0]?.[0] ?? '', /^仙学\p{Script=Han}$/u)
})

test('bytes that are no text, or quotes that do not close, are refused', () => {
  assert.deepEqual(readCsv(Buffer.from([0x61, 0x00, 0x62])), { refused: 'brokenText' })
  assert.deepEqual(readCsv(Buffer.from([0xff, 0xff, 0xff])), { refused: 'brokenText' })
  assert.deepEqual(readCsv(Buffer.from('a,"b\nc')), { refused: 'brokenText' })
})

test('too many rows or columns are refused, empty ones at the end are dropped', () => {
  assert.deepEqual(readCsv(Buffer.from('a\n'.repeat(20_001))), { refused: 'sheetTooLarge' })
  assert.deepEqual(readCsv(Buffer.from(`${'a,'.repeat(200)}a`)), { refused: 'sheetTooLarge' })
  assert.deepEqual(readCsv(Buffer.from('a,b,,,\n,,\n\n')), { rows: [['a', 'b']] })
})

test('X3: quotes, commas and line breaks of every kind come back as they went', () => {
  const cells = ['他说"好"', '一,二', '第一行\r\n第二行', '第一行\n第二行', '']
  const read = readCsv(writeCsv(['甲', '乙', '丙', '丁', '戊'], [[...cells, '末']]))
  assert.deepEqual(read, {
    rows: [
      ['甲', '乙', '丙', '丁', '戊'],
      [...cells, '末'],
    ],
  })
})

test('X1: text that a spreadsheet would run is stopped by a quote mark, numbers stay numbers', () => {
  const hostile = ['=HYPERLINK("http://x","点")', '+1', '-1+1', '@SUM(A1)', '\t=1', '\r=1', '＝1', '＠x', '＋1', '－1']
  const more = [' =1', '\u3000=1', '|cmd', '｜cmd', '\n=1']
  for (const text of [...hostile, ...more]) {
    const read = readCsv(writeCsv(['列'], [[text]]))
    assert.deepEqual(read, { rows: [['列'], [`'${text}`]] }, JSON.stringify(text))
  }
  const plain = writeCsv(['列'], [[-5], ['-5'], ['2022-05-09'], ['13800138000'], [null]])
  assert.equal(plain.toString('utf8'), '\uFEFF列\r\n-5\r\n-5\r\n2022-05-09\r\n13800138000\r\n\r\n')
})
