import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { crc32, deflateSync } from 'node:zlib'
import type { FileKind, UploadRefusal } from '#domain/records/upload.ts'
import { archive, contentTypes, docx, pptx, relation, relationships, xlsx } from '#tests/world/archive.ts'
import sharp from 'sharp'
import { apart } from './apart.ts'
import { judge, type Verdict } from './judge.ts'
import { effortOf } from '#tests/world/effort.ts'

async function verdict(t: TestContext, name: string, bytes: string | Uint8Array): Promise<Verdict> {
  const folder = await mkdtemp(join(tmpdir(), 'judge-'))
  t.after(() => rm(folder, { recursive: true, force: true }))
  const path = join(folder, 'upload')
  await writeFile(path, bytes)
  return judge(path, name)
}

const outcome = (found: Verdict): string =>
  'kind' in found ? found.kind : 'turn' in found ? `to ${found.turn}` : found.refused

async function refuses(t: TestContext, name: string, bytes: string | Uint8Array, code: UploadRefusal) {
  assert.deepEqual(await verdict(t, name, bytes), { refused: code }, name)
}

async function accepts(t: TestContext, name: string, bytes: Uint8Array, kind: FileKind) {
  const found = await verdict(t, name, bytes)
  assert.equal(outcome(found), kind, name)
}

const blank = { create: { width: 8, height: 6, channels: 3, background: '#c00' } } as const
const jpg = () => sharp(blank).jpeg().toBuffer()

/** A PNG whose header promises a picture that nobody could hold in memory. */
function pngOf(width: number, height: number): Buffer {
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
    const frame = Buffer.alloc(8)
    frame.writeUInt32BE(data.length, 0)
    frame.writeUInt32BE(crc32(body), 4)
    return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)])
  }
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([1, 0, 0, 0, 0], 8)
  const rows = deflateSync(Buffer.alloc((Math.ceil(width / 8) + 1) * height))
  const magic = Buffer.from('89504e470d0a1a0a', 'hex')
  return Buffer.concat([magic, chunk('IHDR', header), chunk('IDAT', rows), chunk('IEND', Buffer.alloc(0))])
}

test('every allowed kind is let in under its own extension', async (t) => {
  await accepts(t, '合影.jpg', await jpg(), 'jpg')
  await accepts(t, '合影.JPEG', await jpg(), 'jpg')
  await accepts(t, '标识.png', await sharp(blank).png().toBuffer(), 'png')
  await accepts(t, '标识.webp', await sharp(blank).webp().toBuffer(), 'webp')
  await accepts(t, '方案.pdf', Buffer.from('%PDF-1.7\n%%EOF\n'), 'pdf')
  await accepts(t, '方案.docx', docx(), 'docx')
  await accepts(t, '台账.xlsx', xlsx('<row r="1"><c r="A1"><v>1</v></c></row>'), 'xlsx')
  await accepts(t, '展示.pptx', pptx(), 'pptx')
  await accepts(t, '片子.mp4', Buffer.from('00000018667479706d703432000000006d70343269736f6d', 'hex'), 'mp4')
})

test('F2: what is inside decides, not what the name says', async (t) => {
  await refuses(t, 'a.jpg', '<!DOCTYPE html><script>alert(1)</script>', 'kindNotAllowed')
  await refuses(t, 'a.jpg', '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', 'kindNotAllowed')
  await refuses(
    t,
    'a.jpg',
    Buffer.concat([Buffer.from('MZ\u0090\u0000', 'latin1'), Buffer.alloc(200)]),
    'kindNotAllowed',
  )
  await refuses(t, 'a.png', await jpg(), 'contentDisagrees')
  await refuses(t, 'a.pdf', docx(), 'contentDisagrees')
  await refuses(t, 'a.docx', xlsx(''), 'contentDisagrees')
  await refuses(t, 'a.pdf', '', 'empty')
})

test('F3: a GIF that is also a script is never kept: it is drawn anew or refused', async (t) => {
  const script = 'GIF89a<?php system($_GET[0]); ?>'
  assert.deepEqual(await verdict(t, 'a.gif', script), { turn: 'png' })
  await refuses(t, 'a.jpg', script, 'contentDisagrees')
})

test('F4: the last extension of the decoded name must agree, and control characters are refused', async (t) => {
  const bytes = await jpg()
  await accepts(t, 'x.php.jpg', bytes, 'jpg')
  await accepts(t, 'x.jpg ', bytes, 'jpg')
  await accepts(t, 'x.jpg/', bytes, 'jpg')
  await refuses(t, 'x.jpg.php', bytes, 'contentDisagrees')
  await refuses(t, 'x.php%00.jpg', bytes, 'badName')
  await refuses(t, 'x\u0000.jpg', bytes, 'badName')
  await refuses(t, 'x.jpg%2ephp', bytes, 'contentDisagrees')
  await accepts(t, 'x', bytes, 'jpg')
  await refuses(t, 'x', '%PDF-1.7', 'noExtension')
})

test('F7: a small workbook that unpacks to 400 MB is refused at once, without growing', async (t) => {
  const bomb = xlsx('', [
    { name: 'xl/sharedStrings.xml', data: `<sst>${'<si><t>A</t></si>'.repeat(24_700_000)}</sst>` },
  ])
  assert.ok(bomb.length < 5_000_000)
  const before = process.memoryUsage.rss()
  const effort = await effortOf(() => refuses(t, 'a.xlsx', bomb, 'archiveBomb'))
  assert.ok(effort < 100, `${effort}`)
  assert.ok(process.memoryUsage.rss() - before < 50 * 1024 * 1024)
})

test('F8: a header that lies about the size is not believed', async (t) => {
  const lie = { name: 'word/big.xml', data: Buffer.alloc(50 * 1024 * 1024, 'x'), claimedSize: 1000 }
  await refuses(t, 'a.docx', docx(undefined, [lie]), 'archiveBomb')
})

test('F9: ten thousand and one parts, ratio, nesting, double names and climbing paths are refused', async (t) => {
  const many = Array.from({ length: 10_001 }, (_, i) => ({ name: `word/${i}.xml`, data: '' }))
  await refuses(t, 'a.docx', docx(undefined, many), 'archiveBomb')
  const flat = { name: 'word/a.xml', data: Buffer.alloc(2 * 1024 * 1024, 'x') }
  await refuses(t, 'a.docx', docx(undefined, [flat]), 'archiveBomb')
  await refuses(
    t,
    'a.docx',
    docx(undefined, [{ name: 'word/media/a.bin', data: archive([{ name: 'b', data: 'b' }]) }]),
    'nested',
  )
  await refuses(t, 'a.docx', docx(undefined, [{ name: 'word/a.zip', data: 'x' }]), 'nested')
  await refuses(t, 'a.docx', docx(undefined, [{ name: 'WORD/Document.xml', data: '<a/>' }]), 'archiveNames')
  await refuses(t, 'a.docx', docx(undefined, [{ name: '../../etc/passwd', data: 'x' }]), 'archiveNames')
  await refuses(t, 'a.docx', docx(undefined, [{ name: 'word\\..\\..\\x', data: 'x' }]), 'archiveNames')
  await refuses(t, 'a.docx', docx().subarray(0, 300), 'brokenArchive')
  await refuses(t, 'a.docx', archive([{ name: 'readme.txt', data: 'x' }]), 'kindNotAllowed')
})

test('F10: DOCTYPE and entities are refused in every part, encoding and position', async (t) => {
  const laughs = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;">]><a>&c;</a>'
  await refuses(t, 'a.docx', docx(undefined, [{ name: 'customXml/item1.xml', data: laughs }]), 'xmlEntities')
  await refuses(t, 'a.docx', docx(undefined, [{ name: 'word/hidden.dat', data: laughs }]), 'xmlEntities')
  const wide = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(laughs, 'utf16le')])
  await refuses(t, 'a.docx', docx(undefined, [{ name: 'customXml/item1.xml', data: wide }]), 'xmlEntities')
  const strange = '<?xml version="1.0" encoding="UTF-7"?>+ADwAIQ-DOCTYPE a+AD4-'
  await refuses(t, 'a.docx', docx(undefined, [{ name: 'customXml/item1.xml', data: strange }]), 'xmlEntities')
  for (let shift = 0; shift < 12; shift++) {
    const late = `<a>${'中'.repeat(21_840)}${'x'.repeat(shift)}<!DOCTYPE a></a>`
    await refuses(t, 'a.docx', docx(undefined, [{ name: 'customXml/item1.xml', data: late }]), 'xmlEntities')
  }
})

test('F10: only hyperlinks may lead outside', async (t) => {
  const linking = (...links: string[]) =>
    docx(undefined, [relationships('word/_rels/document.xml.rels', links.join(''))])
  const outside = 'TargetMode="External"'
  await accepts(t, 'a.docx', linking(relation('hyperlink', 'https://example.org/', outside)), 'docx')
  await accepts(t, 'a.docx', linking(relation('attachedTemplate', 'Normal.dotm', outside)), 'docx')
  for (const target of [
    'http://example.org/x.png',
    'file:///C:/x.dotm',
    '\\\\host\\share\\x',
    '//host/x',
    'f&#105;le:///x',
  ]) {
    await refuses(t, 'a.docx', linking(relation('image', target, outside)), 'externalLink')
  }
  await refuses(t, 'a.docx', linking(relation('image', 'http://h/', 'TargetMode="&#69;xternal"')), 'externalLink')
  await refuses(
    t,
    'a.docx',
    linking(relation('image', 'http://h/', "TargetMode = 'External' Note='>'")),
    'externalLink',
  )
})

test('F12: macros, controls, embedded objects and DDE are refused', async (t) => {
  const macroType = 'application/vnd.ms-word.document.macroEnabled.main+xml'
  const docm = archive([contentTypes('/word/document.xml', macroType), { name: 'word/document.xml', data: '<a/>' }])
  await refuses(t, 'a.docm', docm, 'macro')
  await refuses(t, 'a.docx', docm, 'macro')
  await refuses(t, 'a.docx', docx(undefined, [{ name: 'word/vbaProject.bin', data: 'x' }]), 'macro')
  await refuses(t, 'a.docx', docx(undefined, [{ name: 'word/activeX/activeX1.xml', data: '<a/>' }]), 'macro')
  await refuses(t, 'a.docx', docx(undefined, [{ name: 'word/embeddings/oleObject1.bin', data: 'x' }]), 'nested')
  const ole = Buffer.from('d0cf11e0a1b11ae1', 'hex')
  await refuses(t, 'a.docx', docx(undefined, [{ name: 'word/media/image1.png', data: ole }]), 'nested')
  const run = (text: string) => `<w:r><w:instrText>${text}</w:instrText></w:r>`
  await refuses(t, 'a.docx', docx(run('DDEAUTO c:\\windows\\cmd.exe "/k calc"')), 'dde')
  await refuses(t, 'a.docx', docx(run('DD') + run('E') + run(' cmd')), 'dde')
  await refuses(t, 'a.docx', docx(run('<![CDATA[DDEAUTO x]]>')), 'dde')
  await refuses(t, 'a.docx', docx('<w:fldSimple w:instr="&#68;DE cmd x"/>'), 'dde')
  await accepts(t, 'a.docx', docx(`${run('PAGE')}<w:p><w:t>DDE 说明</w:t></w:p>`), 'docx')
  const link = '<externalLink><ddeLink ddeService="cmd" ddeTopic="/c calc"/></externalLink>'
  await refuses(t, 'a.xlsx', xlsx('', [{ name: 'xl/externalLinks/externalLink1.xml', data: link }]), 'dde')
})

test('a document of the old kind or with a password is refused with the way out', async (t) => {
  const ole = Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(600)])
  await refuses(t, '报告.doc', ole, 'oldOffice')
  await refuses(t, '报告.docx', ole, 'oldOffice')
})

test('security-3 a document of a million open tags costs no more than its letters', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'judge-'))
  t.after(() => rm(folder, { recursive: true, force: true }))
  for (const tag of ['<f ', '<control ', '<fldSimple ', '<c ', 'instrText<!--']) {
    const path = join(folder, 'a.docx')
    const random = () => Math.random().toString(36).slice(2, 8)
    await writeFile(
      path,
      docx(undefined, [
        { name: 'word/a.xml', data: `<a>${Array.from({ length: 1_000_000 }, () => tag + random()).join('')}` },
      ]),
    )
    const found = await apart('judge', { path, name: 'a.docx' })
    assert.equal(outcome(found), 'docx', tag)
  }
})

test('security-17 a field that fetches, runs or computes its own name is refused, those of honest papers are taken', async (t) => {
  const field = (...codes: string[]) =>
    `<w:r><w:fldChar w:fldCharType="begin"/></w:r>${codes.map((code) => `<w:r><w:instrText>${code}</w:instrText></w:r>`).join('')}<w:r><w:fldChar w:fldCharType="end"/></w:r>`
  for (const code of [
    'INCLUDEPICTURE "http://h/a.png"',
    'INCLUDETEXT "c:\\a.txt"',
    'LINK Excel.Sheet.8 a',
    'IMPORT a',
    'DATABASE a',
    'QUOTE 68 68 69',
  ])
    await refuses(t, 'a.docx', docx(field(code)), 'field')
  await refuses(t, 'a.docx', docx(field('INCL', 'UDETEXT "a"')), 'field')
  await refuses(t, 'a.docx', docx('<w:fldSimple w:instr=" INCLUDEPICTURE &quot;http://h/a&quot; "/>'), 'field')
  const begin = '<w:fldChar w:fldCharType="begin"/>'
  await refuses(t, 'a.docx', docx(`${begin}${begin}<w:instrText>REF a </w:instrText>`), 'field')
  for (const code of [
    ' PAGE \\* MERGEFORMAT ',
    'TOC \\o "1-3" \\h',
    'HYPERLINK "https://e.org"',
    '=SUM(ABOVE)',
    'DATE \\@ "yyyy年M月d日"',
    'ADDIN CNKISM.UserStyle',
  ])
    await accepts(t, 'a.docx', docx(field(code)), 'docx')
})

test('security-17 a formula that fetches or runs is refused, in cells, names and rules; one that reckons is taken', async (t) => {
  const cell = (formula: string) => `<row r="1"><c r="A1"><f>${formula}</f></c></row>`
  for (const formula of [
    'WEBSERVICE("http://h")',
    '_xlfn.IMAGE("http://h/a.png")',
    'CALL("a","b")',
    'REGISTER.ID("a","b")',
    "cmd|'/C calc'!A0",
    'RTD("a",,"b")',
  ])
    await refuses(t, 'a.xlsx', xlsx(cell(formula)), 'formula')
  await refuses(
    t,
    'a.xlsx',
    xlsx('', [{ name: 'xl/a.xml', data: '<definedName name="a">WEBSERVICE("h")</definedName>' }]),
    'formula',
  )
  await refuses(t, 'a.xlsx', xlsx('', [{ name: 'xl/b.xml', data: '<formula1>WEBSERVICE("h")</formula1>' }]), 'formula')
  for (const formula of [
    'SUM(A1:B2)',
    'IF(A1="CALL(1)|x!","是","否")',
    'VLOOKUP(A1,表2!A:B,2,0)',
    'HYPERLINK("https://e.org")',
  ])
    await accepts(t, 'a.xlsx', xlsx(cell(formula)), 'xlsx')
})

test('security-17 parts and relations that reach out are refused, whatever their TargetMode says', async (t) => {
  for (const name of [
    'xl/connections.xml',
    'xl/queryTables/queryTable1.xml',
    'xl/webextensions/a.xml',
    'customUI/customUI.xml',
  ])
    await refuses(t, 'a.xlsx', xlsx('', [{ name, data: '<a/>' }]), 'externalLink')
  await refuses(
    t,
    'a.xlsx',
    xlsx('', [{ name: 'customXml/item1.xml', data: '<DataMashup xmlns="x">AAAA</DataMashup>' }]),
    'externalLink',
  )
  const linking = (link: string) => docx(undefined, [relationships('word/_rels/document.xml.rels', link)])
  for (const mode of ['', 'TargetMode="Internal"', 'TargetMode="Ext&#9;ernal"'])
    await refuses(t, 'a.docx', linking(relation('image', 'ht&#9;tp://example.org/x.png', mode)), 'externalLink')
  await accepts(t, 'a.docx', linking(relation('image', '../media/图 1.png')), 'docx')
})

test('security-17 XML in an encoding that hides what it says is refused by its bytes', async (t) => {
  const wide = (text: string, big: boolean) =>
    Buffer.concat(
      [...text].map((letter) => {
        const four = Buffer.alloc(4)
        if (big) four.writeUInt32BE(letter.charCodeAt(0))
        else four.writeUInt32LE(letter.charCodeAt(0))
        return four
      }),
    )
  const laughs = '<?xml version="1.0"?><!DOCTYPE a><a/>'
  const ebcdic = Buffer.from('4c6fa794934085959396848995877e7f', 'hex')
  for (const data of [
    wide(laughs, true),
    wide(laughs, false),
    wide(`\ufeff${laughs}`, true),
    wide(`\ufeff${laughs}`, false),
    ebcdic,
  ])
    for (const name of ['customXml/item1.xml', 'word/a.dat'])
      await refuses(t, 'a.docx', docx(undefined, [{ name, data }]), 'xmlEntities')
})

test('school-19 what phones and old programs make is refused with a way out of its own', async (t) => {
  const boxed = (brand: string) =>
    Buffer.concat([Buffer.from([0, 0, 0, 24]), Buffer.from(`ftyp${brand}\0\0\0\0${brand}${brand}`, 'latin1')])
  await refuses(t, 'IMG_1.heic', boxed('heic'), 'heic')
  await refuses(t, 'IMG_1.jpg', boxed('mif1'), 'heic')
  await refuses(t, 'IMG_1.MOV', boxed('qt  '), 'mov')
  await refuses(t, 'a.bmp', Buffer.concat([Buffer.from('BM'), Buffer.alloc(60)]), 'bmp')
  const ole = Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(600)])
  for (const name of ['a.wps', 'a.et', 'a.dps', 'a.xls', 'a.ppt']) await refuses(t, name, ole, 'oldOffice')
})

test('F13: an image of 400 million pixels is refused from its header alone', async (t) => {
  const flood = pngOf(20_000, 20_000)
  const effort = await effortOf(() => refuses(t, 'a.png', flood, 'tooManyPixels'))
  assert.ok(effort < 40, `${effort}`)
})

test('a cut-off image header is refused as damaged', async (t) => {
  await refuses(t, 'a.jpg', (await jpg()).subarray(0, 60), 'brokenImage')
})

test('F14: SVG never reaches the drawing library, not even through the thumbnailer', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'judge-'))
  t.after(() => rm(folder, { recursive: true, force: true }))
  const path = join(folder, 'a.jpg')
  await writeFile(path, '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')
  const made = await apart('render', { path, size: 320, target: join(folder, 'out.webp') })
  assert.deepEqual(made, { refused: 'kindNotAllowed' })
})
