import assert from 'node:assert/strict'
import { test } from 'node:test'
import { againstSending } from './sending.ts'
import { renamedAs } from './upload.ts'

test('school-20 name, size and first bytes tell before sending what would be refused after it, and nothing more', () => {
  const told = (name: string, head: string, size = 100) => againstSending({ name, size, head })
  for (const [name, head] of [
    ['a.jpg', 'ffd8ffe0'],
    ['a.jpeg', 'ffd8ffe0'],
    ['1234567', 'ffd8ffe0'],
    ['a.png', '89504e470d0a1a0a'],
    ['a.pdf', '255044462d31'],
    ['a.docx', '504b030414'],
    ['a.mp4', '00000018667479706d703432'],
    ['a.gif', '474946383961'],
    ['a.tiff', '49492a0008'],
    ['a.pdf', ''],
  ] as const)
    assert.deepEqual(told(name, head), [], name)
  assert.deepEqual(told('a.jpg', '00000018667479706865696300'), ['heic'])
  assert.deepEqual(told('IMG.HEIC', ''), ['heic'])
  assert.deepEqual(told('IMG.MOV', '00000014667479707174202000'), ['mov'])
  assert.deepEqual(told('a.mp4', '0000001466747970717420200000'), ['mov'])
  assert.deepEqual(told('a.bmp', '424d'), ['bmp'])
  assert.deepEqual(told('a.wps', 'd0cf11e0a1b11ae1'), ['oldOffice'])
  assert.deepEqual(told('a.docx', 'd0cf11e0a1b11ae1'), ['oldOffice'])
  assert.deepEqual(told('方案', '255044462d31'), ['noExtension'])
  assert.deepEqual(told('a.exe', '4d5a'), ['kindNotAllowed'])
  assert.deepEqual(told('a.png', 'ffd8ffe0'), ['contentDisagrees'])
  assert.deepEqual(told('a.png', '89504e470d0a1a0a', 21 * 1024 * 1024), ['tooLarge'])
  assert.deepEqual(told('a.png', '', 0), ['empty'])
  assert.deepEqual(told('a%00.png', ''), ['badName'])
  assert.equal(renamedAs('扫描件.TIF', 'jpg'), '扫描件.jpg')
})
