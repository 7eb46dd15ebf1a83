import assert from 'node:assert/strict'
import { test } from 'node:test'
import decodeQR from 'qr/decode.js'
import { questionnaireOf } from '#domain/survey/questionBank.ts'
import { audiences } from '#domain/survey/survey.ts'
import { type PdfCode, readPdf } from '#tests/world/pdf.ts'
import { newSecret, newTyped } from '../box/code.ts'
import { type Kit, printKit, printPaper } from './print.ts'
import { kitData } from './printed.ts'

const slips = (count: number) => Array.from({ length: count }, () => ({ secret: newSecret(), typed: newTyped() }))

const kit: Kit = {
  bureauName: '北关区教育局',
  title: '2026年群众满意度测评',
  schoolName: '曙光小学',
  until: '2026-12-10',
  rehearsal: false,
  publicUrl: 'https://djwh.example.cn',
  batches: [
    { audience: 'parent', grade: '三年级', className: '（2）班', size: 45, slips: slips(20) },
    { audience: 'pupil', grade: '五年级', className: '（1）班', size: 21, slips: slips(21) },
    { audience: 'teacher', grade: '', className: '', size: 30, slips: slips(12) },
  ],
}
const allSlips = (of: Kit) => of.batches.flatMap((batch) => batch.slips)
const textOf = (pdf: Uint8Array) => readPdf(pdf).map((page) => page.texts.join('\n'))
const count = (text: string, part: string) => text.split(part).length - 1

/** Draws a code as a camera would see it, with the white that the slip leaves around it, and reads it. */
function scan({ dark }: PdfCode): string {
  const side = 8 + Math.max(...[...dark].flatMap((at) => at.split(',').map(Number))) - 3
  const pixels = side * 4
  const data = new Uint8Array(pixels * pixels * 3).fill(255)
  for (let at = 0; at < pixels * pixels; at++)
    if (dark.has(`${Math.floor((at % pixels) / 4)},${Math.floor(at / pixels / 4)}`)) data.fill(0, at * 3, at * 3 + 3)
  return decodeQR({ width: pixels, height: pixels, data }, { timeLimit: 2000 })
}

test('a kit has a slip for everyone of a class, and each code stands on one of them, to scan and to type', async () => {
  const pages = readPdf(await printKit(kit))
  const text = pages.map((page) => page.texts.join('\n')).join('\n')
  for (const { typed } of allSlips(kit)) assert.equal(count(text, typed), 1, typed)
  assert.equal(count(text, '这张没有码'), 25 + 0 + 18)
  assert.equal(count(text, '谢谢！'), 25 + 0 + 18)
  const scanned = pages.flatMap((page) => page.codes).map(scan)
  const expected = allSlips(kit).map(({ secret }) => `https://djwh.example.cn/t#${secret}`)
  assert.deepEqual(scanned.toSorted(), expected.toSorted())
  assert.doesNotMatch(text, new RegExp(allSlips(kit)[0]?.secret ?? ''))
  // A list of the bags, and for each class a cover and its slips, 14 on a sheet.
  assert.equal(pages.length, 1 + (1 + 4) + (1 + 2) + (1 + 3))
})

test('a slip says whose it is, what it is called and what it is for, in print of nine points or more', async () => {
  const [batch] = kit.batches
  assert.ok(batch)
  const sheets = readPdf(await printKit({ ...kit, batches: [{ ...batch, size: 20 }] })).filter(
    (page) => page.codes.length > 0,
  )
  for (const { texts, codes, runs } of sheets) {
    const text = texts.join('')
    for (const part of [
      '曙光小学',
      '北关区教育局',
      '2026年群众满意度测评',
      '说说学校的党建文化品牌',
      'https://djwh.example.cn/t',
    ])
      assert.equal(count(text, part), codes.length, part)
    const small = runs.filter((run) => run.size < 3.17 && !/问卷|张/.test(run.text) && run.top > 10)
    assert.deepEqual(
      small.map((run) => `${run.text} ${run.size}`),
      [],
    )
  }
})

test('a typed code stands beside the QR code of the same slip', async () => {
  const [batch] = kit.batches
  assert.ok(batch)
  const pages = readPdf(await printKit({ ...kit, batches: [{ ...batch, size: 20 }] }))
  const typedOf = new Map(batch.slips.map(({ secret, typed }) => [`https://djwh.example.cn/t#${secret}`, typed]))
  const typed = pages.flatMap((page) => page.texts).filter((text) => /^(\w{4}-){2}\w{4}$/.test(text))
  assert.deepEqual(
    typed,
    pages.flatMap((page) => page.codes).map((code) => typedOf.get(scan(code))),
  )
})

test('a code is 22 mm wide, has four white modules around it, and lies inside its slip, however long the address', async () => {
  for (const publicUrl of ['http://a.cn', 'https://djwh.example.cn', `https://${'manyidu.'.repeat(7)}example.cn`]) {
    const pages = readPdf(await printKit({ ...kit, publicUrl }))
    for (const { left, top, module, dark } of pages.flatMap((page) => page.codes)) {
      const places = [...dark].map((at) => at.split(',').map(Number))
      const end = Math.max(...places.map(([x = 0]) => x))
      assert.equal(Math.min(...places.map(([x = 0]) => x)), 4)
      assert.equal(Math.min(...places.map(([, y = 0]) => y)), 4)
      assert.ok(module * (end - 3) >= 22, `${module * (end - 3)} mm`)
      const [x, y] = [(left - 8) % (194 / 2), (top - 10.2) % 39.5]
      assert.ok(x > 0.2 && y > 10, `starts at ${x}, ${y} mm of the slip`)
      assert.ok(x + module * (end + 5) < 194 / 2 && y + module * (end + 5) < 39.5)
    }
  }
})

test('slips with and without a code lie in no order that tells anything', () => {
  const [batch] = kitData(kit).batches
  const typed = batch?.slips.map((slip) => slip?.typed) ?? []
  assert.equal(typed.length, 45)
  assert.notDeepEqual(typed.slice(0, 20).filter(Boolean).length, 20)
  const coded = typed.filter((one) => one !== undefined)
  assert.notDeepEqual(
    coded,
    kit.batches[0]?.slips.map((slip) => slip.typed),
  )
  assert.notDeepEqual(
    kitData(kit).batches[0]?.slips.map((slip) => slip?.typed),
    typed,
  )
})

test('what people typed is printed as they typed it and never run', async () => {
  const names = [
    '#read("/etc/passwd")',
    '${7*7}',
    '{{7*7}}',
    '#{7*7}',
    ']]#import',
    '*a* _b_ $x$ `c` <d> @e //f',
    '"\\u{41}\n#panic()',
  ]
  for (const name of names) {
    const text = textOf(await printKit({ ...kit, bureauName: name, title: name, schoolName: name })).join('\n')
    const line = name.replace('\n', ' ')
    // List, three covers and every slip: each bureau, title, school.
    assert.equal(count(text, line), (4 + 45 + 21 + 30) * 3, name)
    assert.ok(
      textOf(await printPaper({ ...kit, title: name, questionnaires: [questionnaireOf('pupil')] }))
        .join('')
        .includes(line),
    )
  }
})

test('long names move no slip and add no sheet', async () => {
  const places = (pdf: Uint8Array) =>
    readPdf(pdf).map((page) => page.codes.length + page.texts.filter((text) => text === '这张没有码').length)
  const long = '安阳市北关区教育体育局直属第一实验小学教育集团（豆腐营街道校区）附属幼儿园'
  const stretched = {
    ...kit,
    bureauName: long.repeat(2),
    title: long.repeat(3),
    schoolName: `${long}${'W'.repeat(120)}`,
    publicUrl: `https://${'manyidu'.repeat(8)}.example.cn`,
    batches: kit.batches.map((batch) => ({ ...batch, className: `${batch.className}${long}${'W'.repeat(80)}` })),
  }
  assert.deepEqual(places(await printKit(stretched)), places(await printKit(kit)))
})

test('the name of a school stands above the code of its slip, in smaller letters when it is long', async () => {
  const [batch] = kit.batches
  assert.ok(batch)
  const sizes: number[] = []
  for (const schoolName of [
    '曙光小学',
    '北关区教育局直属第一实验小学教育集团（豆腐营校区）附属幼儿园',
    '曙光'.repeat(45),
  ]) {
    const pages = readPdf(await printKit({ ...kit, schoolName, batches: [batch] }))
    const lines = pages
      .slice(1)
      .flatMap((page) => page.runs.filter((run) => /[曙北]/.test(run.text) && !run.text.includes(kit.title)))
    assert.ok(lines.length >= 45, `${lines.length} lines`)
    for (const { text, left, top, size } of lines) {
      const across = (left - 8) % (194 / 2)
      assert.ok((top - 10.2) % 39.5 < 5.8, `${text} stands ${(top - 10.2) % 39.5} mm below the edge`)
      assert.ok(across > 2 && across + size * text.length < 194 / 2 - 2, `${text} ends outside`)
    }
    sizes.push(Math.min(...lines.map((line) => line.size)))
  }
  assert.deepEqual(
    sizes.toSorted((a, b) => b - a),
    sizes,
  )
})

test('every sheet and slip of a rehearsal says so, and no other does', async () => {
  assert.ok(
    !textOf(await printKit(kit))
      .join('')
      .includes('演练'),
  )
  const pages = readPdf(await printKit({ ...kit, rehearsal: true }))
  for (const page of pages) {
    const slipsHere = page.codes.length + page.texts.filter((text) => text === '这张没有码').length
    assert.ok(page.texts.filter((text) => text.startsWith('演练')).length >= Math.max(1, slipsHere))
  }
})

test('the paper questionnaires ask every question once and take one sheet each', async () => {
  const questionnaires = audiences.map((audience) => questionnaireOf(audience))
  const pages = textOf(await printPaper({ ...kit, questionnaires }))
  assert.equal(pages.length, 3)
  for (const [at, { questions }] of questionnaires.entries())
    for (const { text } of questions) assert.ok(pages[at]?.includes(text), text)
  assert.ok(pages[2]?.includes('不开心') && !pages[2]?.includes('不满意'))
})

test('an order that cannot be printed is refused, and those beside it are printed', async () => {
  const [first, bad, last] = await Promise.allSettled([
    printKit(kit),
    printKit({ ...kit, publicUrl: 'nowhere' }),
    printKit(kit),
  ])
  assert.deepEqual([first?.status, bad?.status, last?.status], ['fulfilled', 'rejected', 'fulfilled'])
})
