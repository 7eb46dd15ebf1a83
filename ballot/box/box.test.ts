import assert from 'node:assert/strict'
import { randomBytes, randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { newTyped, readCode } from './code.ts'
import { issueKit } from '../office/office.ts'
import { moveCounters } from './progress.ts'
import { answersOf, batchBody, castIn, openSurvey, surveyBody, testBox, vote } from '#tests/world/testBox.ts'

test('a code posted fifty times at once by different forms counts once', async (t) => {
  const { box } = await testBox(t)
  const { survey, codes } = await openSurvey(box, [batchBody({ codes: 1, size: 1 })])
  const [code] = codes
  assert.ok(code)
  const outcomes = await Promise.all(Array.from({ length: 50 }, () => vote(box, code)))
  assert.equal(outcomes.filter((one) => one.state === 'counted').length, 1)
  assert.equal(outcomes.filter((one) => one.state === 'spent').length, 49)
  assert.equal(await castIn(box, survey.id), 1)
})

test('the same form sent fifty times at once is thanked fifty times and counted once', async (t) => {
  const { box } = await testBox(t)
  const { survey, codes } = await openSurvey(box, [batchBody({ codes: 1, size: 1 })])
  const [code] = codes
  assert.ok(code)
  const attempt = randomUUID()
  const outcomes = await Promise.all(Array.from({ length: 50 }, () => vote(box, code, 'fair', { attempt })))
  const checkCodes = outcomes.map((one) => (one.state === 'counted' ? one.checkCode : one.state))
  assert.match(checkCodes[0] ?? '', /^[0-9A-Z]{4}-[0-9A-Z]{4}$/)
  assert.deepEqual(new Set(checkCodes).size, 1)
  assert.equal(await castIn(box, survey.id), 1)
})

test('the mark that recognises a form sent again is gone after two hours, and the form is then refused', async (t) => {
  const state = await testBox(t)
  const { codes } = await openSurvey(state.box, [batchBody({ codes: 1, size: 1 })])
  const [code] = codes
  assert.ok(code)
  const attempt = randomUUID()
  assert.equal((await vote(state.box, code, 'fair', { attempt })).state, 'counted')
  state.time.now = new Date(state.time.now.getTime() + 2 * 3_600_000)
  await state.box.shuffle()
  assert.equal((await vote(state.box, code, 'fair', { attempt })).state, 'spent')
})

test('who sends the same form again after the closing is thanked for what was counted, and nobody else is', async (t) => {
  const { box } = await testBox(t)
  const { survey, codes } = await openSurvey(box, [batchBody({ codes: 2, size: 2 })])
  const [counted, late] = codes
  assert.ok(counted && late)
  const attempt = randomUUID()
  const first = await vote(box, counted, 'fair', { attempt })
  await box.calls.close(survey.id)
  assert.deepEqual(await vote(box, counted, 'fair', { attempt }), first)
  assert.equal((await vote(box, counted)).state, 'closed')
  assert.equal((await vote(box, late)).state, 'closed')
  assert.equal(await castIn(box, survey.id), 1)
})

test('a typed code works as well as the one in the QR, and both are one ballot', async (t) => {
  const { box } = await testBox(t)
  const { codes } = await openSurvey(box, [batchBody({ codes: 1, size: 1 })])
  const [code] = codes
  assert.ok(code)
  const looked = await box.voting.look(` ${code.typed.toLowerCase().replaceAll('-', ' ')} `, 'home')
  assert.equal(looked.state, 'ready')
  assert.equal((await vote(box, code)).state, 'counted')
  assert.equal((await box.voting.look(code.typed, 'home')).state, 'spent')
})

test('a slip of the finger is told from a guess: any one wrong sign and any two exchanged are noticed', () => {
  for (let round = 0; round < 300; round += 1) {
    const signs = newTyped().replaceAll('-', '')
    assert.equal(readCode(signs)?.code, signs)
    const at = randomBytes(1).readUInt8() % 11
    const other = signs[at] === '7' ? '8' : '7'
    assert.equal(readCode(signs.slice(0, at) + other + signs.slice(at + 1)), null)
    const exchanged = signs.slice(0, at) + signs[at + 1] + signs[at] + signs.slice(at + 2)
    if (exchanged !== signs) assert.equal(readCode(exchanged), null)
  }
})

test('V6: a code of another survey, before opening and after closing is refused in its own words', async (t) => {
  const { box } = await testBox(t)
  const survey = surveyBody()
  const { codes } = await openSurvey(box, [batchBody({ codes: 2, size: 2 })], survey)
  const [first, second] = codes
  assert.ok(first && second)
  assert.equal((await box.voting.look('7777-7777-7777', 'a')).state, 'misspelt')
  assert.equal((await box.voting.look(newTyped(), 'a')).state, 'unknown')
  await vote(box, first)
  await box.calls.close(survey.id)
  assert.equal((await vote(box, second)).state, 'closed')
  assert.equal((await box.voting.look(second.secret, 'a')).state, 'closed')
})

test('while the box reads its surveys anew, a good code of any of them is never called unknown or not open', async (t) => {
  const { box } = await testBox(t)
  await openSurvey(box, [batchBody()], surveyBody({ rehearsal: true }))
  const { codes } = await openSurvey(box, [batchBody()])
  const later = surveyBody()
  await box.calls.prepare(later, [batchBody()])
  const { batches } = await issueKit(box.context, later.id, 'school-1')
  const secrets = [codes[0]?.secret ?? '', batches[0]?.slips[0]?.secret ?? '']
  // Respondents come at every moment of the opening, which drops what was read before.
  const asked: Promise<{ state: string }>[] = []
  const opening = box.calls.open(later.id)
  for (let at = 0; at < 200; at += 1) {
    asked.push(box.voting.look(secrets[0] ?? '', 'home'))
    void box.voting.look(secrets[1] ?? '', 'home')
    if (at % 10 === 9) await new Promise((next) => setImmediate(next))
    else await Promise.resolve()
  }
  await opening
  assert.deepEqual(new Set((await Promise.all(asked)).map((one) => one.state)), new Set(['ready']))
  for (const secret of secrets) assert.equal((await box.voting.look(secret, 'home')).state, 'ready')
})

test('paper counts when two people typed the same, and says which questions differ until then', async (t) => {
  const { box } = await testBox(t)
  const { survey, codes } = await openSurvey(box, [batchBody({ codes: 2, size: 2 })])
  const [code] = codes
  assert.ok(code)
  const entry = { code: code.typed, answers: answersOf('parent', 'satisfied'), text: '' }
  assert.deepEqual(await box.calls.enterPaper(survey.id, { ...entry, enteredBy: 'one' }), { state: 'waiting' })
  assert.deepEqual(
    await box.calls.enterPaper(survey.id, { ...entry, enteredBy: 'one' }),
    { state: 'waiting' },
    'the same person twice is one',
  )
  const other = { ...entry, enteredBy: 'two', answers: { ...entry.answers, p2: 'fair' as const } }
  assert.deepEqual(await box.calls.enterPaper(survey.id, other), { state: 'differs', questions: ['p2'] })
  assert.deepEqual(
    (await box.calls.openPaper(survey.id)).map((one) => [one.code, one.questions]),
    [[code.typed.slice(-4), ['p2']]],
  )
  assert.deepEqual(await box.calls.enterPaper(survey.id, { ...other, answers: entry.answers }), { state: 'counted' })
  assert.deepEqual(await box.calls.openPaper(survey.id), [])
  assert.equal((await vote(box, code)).state, 'spent')
})

test('haste, night and a burst of a class are noted from the tenth ballot on, uniform answers from ten, and gone after tallying', async (t) => {
  const state = await testBox(t)
  const small = batchBody({ className: '2 班', codes: 9, size: 9 })
  const { survey, codes } = await openSurvey(state.box, [batchBody({ codes: 16, size: 16 }), small])
  const flags = async () => (await state.box.calls.progress(survey.id)).find((one) => one.id !== small.id)?.flags
  const noted = () =>
    state.box.context.database.read.all(
      'select id from batch where hasty > 0 or night > 0 or watched > 0 or uniform is not null order by id',
    )
  state.time.now = new Date('2026-10-12T18:30:00Z')
  const own = codes.filter((one) => one.batch.id !== small.id)
  for (const code of [...own.slice(0, 9), ...codes.filter((one) => one.batch.id === small.id)])
    await vote(state.box, code, 'satisfied', { seconds: 2 })
  assert.deepEqual(await noted(), [])
  assert.deepEqual(await flags(), [])
  for (const code of own.slice(9)) await vote(state.box, code, 'satisfied', { seconds: 2 })
  assert.deepEqual(await flags(), ['burst', 'haste', 'night'])
  await state.box.calls.close(survey.id)
  assert.deepEqual(await flags(), ['burst', 'haste', 'night', 'uniform'])
  assert.equal((await noted()).length, 1, 'nothing is known of the class of nine')
  await state.box.calls.tally(survey.id)
  assert.deepEqual(await noted(), [])
})

test('while answers come in, the counters of a school move once an hour, and only when five more have come', async (t) => {
  const { box, time } = await testBox(t)
  const other = batchBody({ schoolId: 'school-2', schoolName: '演示第二小学', codes: 4, size: 4 })
  const { survey, codes } = await openSurvey(box, [batchBody({ codes: 12, size: 12 }), other])
  const shown = async () => (await box.calls.progress(survey.id)).map((one) => one.cast).toSorted((a, b) => a - b)
  const own = codes.filter((one) => one.batch.id !== other.id)
  for (const code of own.slice(0, 6)) await vote(box, code)
  for (const code of codes.filter((one) => one.batch.id === other.id)) await vote(box, code)
  assert.deepEqual(await shown(), [0, 0])
  await moveCounters(box.context)
  assert.deepEqual(await shown(), [0, 6])
  for (const code of own.slice(6, 11)) await vote(box, code)
  await moveCounters(box.context)
  assert.deepEqual(await shown(), [0, 6], 'not twice in an hour')
  time.now = new Date(time.now.getTime() + 3_600_000)
  await moveCounters(box.context)
  assert.deepEqual(await shown(), [0, 11])
  await box.calls.close(survey.id)
  assert.deepEqual(await shown(), [4, 11], 'once closed they are exact')
})

test('a right typed code gets in at once however many wrong ones came from its address; only unknown ones wait', async (t) => {
  const { box } = await testBox(t)
  const { codes } = await openSurvey(box, [batchBody({ codes: 1, size: 1 })])
  for (let at = 0; at < 300; at += 1) await box.voting.look(newTyped(), 'school')
  const order: string[] = []
  const guess = box.voting.look(newTyped(), 'school').then((one) => order.push(one.state))
  for (let at = 0; at < 20; at += 1) order.push((await box.voting.look(codes[0]?.typed ?? '', 'school')).state)
  await guess
  assert.deepEqual(order, [...Array.from({ length: 20 }, () => 'ready'), 'unknown'])
})

test('answers are taken to the end of the printed last day in Shanghai and not a second longer, whoever closes when', async (t) => {
  const { box, time } = await testBox(t)
  const { survey, codes } = await openSurvey(box, [batchBody({ codes: 4, size: 4 })])
  const [first, second, paper] = codes
  assert.ok(first && second && paper)
  const attempt = randomUUID()
  time.now = new Date('2026-10-18T15:59:59Z')
  const thanks = await vote(box, first, 'fair', { attempt })
  assert.equal(thanks.state, 'counted')
  time.now = new Date('2026-10-18T16:00:00Z')
  assert.equal((await box.voting.look(second.secret, 'home')).state, 'closed')
  assert.equal((await vote(box, second)).state, 'closed')
  assert.deepEqual(await vote(box, first, 'fair', { attempt }), thanks, 'who was counted is thanked again')
  const entry = { code: paper.typed, answers: answersOf('parent', 'fair'), text: '' }
  await box.calls.enterPaper(survey.id, { ...entry, enteredBy: 'one' })
  const typed = await box.calls.enterPaper(survey.id, { ...entry, enteredBy: 'two' })
  assert.equal(typed.state, 'counted', 'a paper of the last day may be typed later')
})

test('the same form with other answers is told that the first ones count, and its answers are not taken', async (t) => {
  const { box } = await testBox(t)
  const { survey, codes } = await openSurvey(box, [batchBody({ codes: 5, size: 5 })])
  const [code, ...rest] = codes
  assert.ok(code)
  const attempt = randomUUID()
  const first = await vote(box, code, 'satisfied', { attempt })
  const other = await vote(box, code, 'veryDissatisfied', { attempt })
  assert.deepEqual(other, { ...first, state: 'changed' })
  assert.deepEqual(await vote(box, code, 'satisfied', { attempt, text: '还有一句' }), { ...first, state: 'changed' })
  assert.deepEqual(await vote(box, code, 'satisfied', { attempt }), first)
  for (const one of rest) await vote(box, one)
  await box.calls.close(survey.id)
  assert.deepEqual(await vote(box, code, 'fair', { attempt }), { ...first, state: 'changed' })
  const { schools } = await box.calls.tally(survey.id)
  assert.equal(schools[0]?.audiences[0]?.items[0]?.counts.veryDissatisfied, 0)
})

test('V6: a million guesses at a hundred thousand codes find none', {
  skip: process.env['TEST_ENGINE'] === 'postgres' && 'asks no database',
}, async (t) => {
  const { box } = await testBox(t)
  const survey = surveyBody()
  await box.calls.prepare(survey, [batchBody()])
  const keys = box.context.keys.find(survey.id)
  assert.ok(keys)
  const nameOf = (signs: string) => keys.handle('typed', signs).toString('latin1')
  const issued = new Set<string>()
  for (let at = 0; at < 100_000; at += 1) issued.add(nameOf(newTyped().replaceAll('-', '')))
  assert.equal(issued.size, 100_000, 'no two codes are the same')
  const signs = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
  const chance = randomBytes(12_000_000)
  let found = 0
  for (let at = 0; at < chance.length; at += 12) {
    let guess = ''
    for (let sign = at; sign < at + 12; sign += 1) guess += signs[(chance[sign] ?? 0) & 31]
    if (issued.has(nameOf(guess))) found += 1
  }
  assert.equal(found, 0)
})
