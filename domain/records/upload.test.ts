import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  againstFileName,
  attachment,
  cleanFileName,
  extensionOf,
  limitFor,
  NAME_LIMIT,
  UPLOAD_REFUSALS,
} from './upload.ts'
import { effortOf } from '#tests/world/effort.ts'

test('F5: a name loses its path, its hidden marks and its excess, and keeps its words', () => {
  assert.equal(cleanFileName('../../etc/passwd'), 'passwd')
  assert.equal(cleanFileName('C:\\我的文档\\a.pdf'), 'a.pdf')
  assert.equal(cleanFileName('CON.pdf'), '_CON.pdf')
  assert.equal(cleanFileName('照片\u202Egpj.exe'), '照片gpj.exe')
  assert.equal(cleanFileName('😀方案（终稿）.docx'), '😀方案（终稿）.docx')
  assert.equal(cleanFileName('..'), '未命名文件')
  assert.equal(cleanFileName('.htaccess'), 'htaccess')
  const long = cleanFileName(`${'品'.repeat(300)}.pdf`)
  assert.equal([...long].length, 120)
  assert.ok(long.endsWith('品.pdf'))
  assert.equal([...cleanFileName('😀'.repeat(300))].length, 120)
})

test('F4: control characters are refused, raw and percent-encoded; a lone percent sign is not', () => {
  assert.deepEqual(againstFileName('a\r\nb.pdf'), ['badName'])
  assert.deepEqual(againstFileName('a%00.pdf'), ['badName'])
  assert.deepEqual(againstFileName('完成率100%.docx'), [])
  assert.equal(extensionOf('完成率100%.DOCX'), 'docx')
})

test('the promised kind decides the limit, and an unknown kind gets no more than a document', () => {
  assert.equal(limitFor('a.jpg'), 20 * 1024 * 1024)
  assert.equal(limitFor('a.mp4'), 500 * 1024 * 1024)
  assert.equal(limitFor('a.iso'), 50 * 1024 * 1024)
})

test('F6: a download name cannot split a header and keeps its Chinese', () => {
  const header = attachment('报告 "终稿";=\r\nX: y.pdf')
  assert.match(header, /^attachment; filename="[\x20-\x21\x23-\x7e]*"; filename\*=UTF-8''[\w%.~-]+$/u)
  const encoded = header.split("UTF-8''")[1] ?? ''
  assert.equal(decodeURIComponent(encoded), '报告 "终稿";=X: y.pdf')
})

test('every refusal says in Chinese what to do', () => {
  for (const { text } of Object.values(UPLOAD_REFUSALS)) assert.match(text, /请[^。]+。|可以上传/u)
})

test('X8: a file name of a hundred thousand characters is cleaned at once and keeps its extension', async () => {
  const clean = (filler: string) => {
    const name = `a${filler.repeat(100_000)}b.pdf`
    assert.equal(extensionOf(name), 'pdf')
    assert.ok([...cleanFileName(name)].length <= NAME_LIMIT)
  }
  const effort = await effortOf(() => [' ', '.', '/', '汉'].forEach(clean))
  assert.ok(effort < 50, `${effort}`)
})
