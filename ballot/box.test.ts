import assert from 'node:assert/strict'
import { randomBytes, randomUUID } from 'node:crypto'
import { copyFileSync, existsSync, mkdirSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { canonical } from '#domain/canonical.ts'
import { differencesIn, type AuditFile } from './audit.ts'
import { newTyped, readCode } from './code.ts'
import { digestOf, openKeys } from './keys.ts'
import { openBox } from './box.ts'
import { issueKit } from './office.ts'
import { moveCounters } from './watch.ts'
import { answersOf, batchBody, castIn, openSurvey, surveyBody, type Trial, trial, vote } from '#tests/trial.ts'

test('a code posted fifty times at once by different forms counts once', async (t) => {
  const { box } = await trial(t)
  const { survey, codes } = await openSurvey(box, [batchBody({ codes: 1, size: 1 })])
  const [code] = codes
  assert.ok(code)
  const outcomes = await Promise.all(Array.from({ length: 50 }, () => vote(box, code)))
  assert.equal(outcomes.filter((one) => one.state === 'counted').length, 1)
  assert.equal(outcomes.filter((one) => one.state === 'spent').length, 49)
  assert.equal(await castIn(box, survey.id), 1)
})

test('the same form sent fifty times at once is thanked fifty times and counted once', async (t) => {
  const { box } = await trial(t)
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
  const state = await trial(t)
  const { codes } = await openSurvey(state.box, [batchBody({ codes: 1, size: 1 })])
  const [code] = codes
  assert.ok(code)
  const attempt = randomUUID()
  assert.equal((await vote(state.box, code, 'fair', { attempt })).state, 'counted')
  state.time.now = new Date(state.time.now.getTime() + 2 * 3_600_000)
  await state.box.mix()
  assert.equal((await vote(state.box, code, 'fair', { attempt })).state, 'spent')
})

test('who sends the same form again after the closing is thanked for what was counted, and nobody else is', async (t) => {
  const { box } = await trial(t)
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
  const { box } = await trial(t)
  const { codes } = await openSurvey(box, [batchBody({ codes: 1, size: 1 })])
  const [code] = codes
  assert.ok(code)
  const looked = await box.desk.look(` ${code.typed.toLowerCase().replaceAll('-', ' ')} `, 'home')
  assert.equal(looked.state, 'ready')
  assert.equal((await vote(box, code)).state, 'counted')
  assert.equal((await box.desk.look(code.typed, 'home')).state, 'spent')
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
  const { box } = await trial(t)
  const survey = surveyBody()
  const { codes } = await openSurvey(box, [batchBody({ codes: 2, size: 2 })], survey)
  const [first, second] = codes
  assert.ok(first && second)
  assert.equal((await box.desk.look('7777-7777-7777', 'a')).state, 'misspelt')
  assert.equal((await box.desk.look(newTyped(), 'a')).state, 'unknown')
  await vote(box, first)
  await box.calls.close(survey.id)
  assert.equal((await vote(box, second)).state, 'closed')
  assert.equal((await box.desk.look(second.secret, 'a')).state, 'closed')
})

test('while the box reads its surveys anew, a good code of any of them is never called unknown or not open', async (t) => {
  const { box } = await trial(t)
  await openSurvey(box, [batchBody()], surveyBody({ rehearsal: true }))
  const { codes } = await openSurvey(box, [batchBody()])
  const later = surveyBody()
  await box.calls.prepare(later, [batchBody()])
  const { batches } = await issueKit(box.room, later.id, 'school-1')
  const secrets = [codes[0]?.secret ?? '', batches[0]?.slips[0]?.secret ?? '']
  // Respondents come at every moment of the opening, which drops what was read before.
  const asked: Promise<{ state: string }>[] = []
  const opening = box.calls.open(later.id)
  for (let at = 0; at < 200; at += 1) {
    asked.push(box.desk.look(secrets[0] ?? '', 'home'))
    void box.desk.look(secrets[1] ?? '', 'home')
    if (at % 10 === 9) await new Promise((next) => setImmediate(next))
    else await Promise.resolve()
  }
  await opening
  assert.deepEqual(new Set((await Promise.all(asked)).map((one) => one.state)), new Set(['ready']))
  for (const secret of secrets) assert.equal((await box.desk.look(secret, 'home')).state, 'ready')
})

test('closing, counting and checking: the index follows rule 7 and the audit file recomputes to it', async (t) => {
  const { box } = await trial(t)
  const batches = [
    batchBody({ audience: 'teacher', grade: '', className: '全体教师', codes: 10, size: 10 }),
    batchBody({ audience: 'parent', codes: 10, size: 10 }),
    batchBody({ audience: 'pupil', codes: 10, size: 10 }),
  ]
  const { survey, codes } = await openSurvey(box, batches)
  for (const code of codes)
    await vote(box, code, code.batch.audience === 'pupil' ? 'verySatisfied' : 'satisfied', {
      text: code.batch.audience === 'parent' ? '希望多开放图书角' : '',
    })
  await assert.rejects(box.calls.tally(survey.id), { name: 'BoxRefused' })
  await box.calls.close(survey.id)
  const tally = await box.calls.tally(survey.id)
  assert.deepEqual(await box.calls.tally(survey.id), tally, 'a second call answers the same')
  const file = JSON.parse(await box.calls.auditFile(survey.id)) as AuditFile
  assert.equal(file.schools[0]?.index, 8875, '0.40 × 85 + 0.35 × 85 + 0.25 × 100')
  assert.deepEqual(differencesIn(file), [])
  assert.equal((await box.calls.checkCodes(survey.id, 'school-1')).length, 30)
  assert.equal((await box.calls.remarks(survey.id)).length, 10)
})

test('a box that went down between the totals and the destruction of the keys finishes it at its next start', async (t) => {
  const state = await trial(t)
  const { survey, codes } = await openSurvey(state.box, [batchBody({ codes: 6, size: 6 })])
  for (const code of codes) await vote(state.box, code)
  await state.box.calls.close(survey.id)
  state.box.room.keys.destroy = () => {
    throw new Error('the power is gone')
  }
  await assert.rejects(state.box.calls.tally(survey.id), /power/)
  assert.ok(state.box.room.keys.find(survey.id))
  const box = await state.reopen()
  assert.equal(box.room.keys.find(survey.id), undefined)
  assert.equal((await box.calls.tally(survey.id)).schools[0]?.audiences[0]?.cast, 6)
})

test('a closing that broke off loses none of the ballots that wait, whether or not it is tried again before counting', async (t) => {
  const state = await trial(t)
  const { survey, codes } = await openSurvey(state.box, [batchBody({ codes: 8, size: 8 })])
  for (const code of codes.slice(0, 6)) await vote(state.box, code, 'satisfied', { text: '好' })
  const { keys } = state.box.room
  keys.find = () => {
    throw new Error('the power is gone')
  }
  await assert.rejects(state.box.calls.close(survey.id), /power/)
  const box = await state.reopen()
  assert.equal((await vote(box, codes[7] ?? assert.fail())).state, 'closed')
  const { schools } = await box.calls.tally(survey.id)
  assert.equal(schools[0]?.audiences[0]?.cast, 6)
  assert.equal(schools[0]?.audiences[0]?.items[0]?.counts.satisfied, 6)
  assert.equal((await box.calls.checkCodes(survey.id, 'school-1')).length, 6)
})
test('every change of an audit file is found: a count, a ballot more, another question, another roster', async (t) => {
  const { box } = await trial(t)
  const { survey, codes } = await openSurvey(box, [batchBody({ codes: 6, size: 6 })])
  for (const code of codes) await vote(box, code)
  await box.calls.close(survey.id)
  await box.calls.tally(survey.id)
  const text = await box.calls.auditFile(survey.id)
  const changes: ((file: AuditFile) => void)[] = [
    (file) => file.schools[0]?.checkCodes.pop(),
    (file) => Object.assign(file.schools[0]?.audiences[0]?.items[0]?.counts ?? {}, { satisfied: 5, verySatisfied: 1 }),
    (file) => Object.assign(file.schools[0] ?? {}, { index: 9900 }),
    (file) => Object.assign(file.survey.questionnaires[0]?.questions[0] ?? {}, { text: '换过的题目' }),
    (file) => Object.assign(file.opening.batches[0] ?? {}, { size: 60 }),
    (file) => Object.assign(file.seal, { signature: file.openingSignature }),
  ]
  for (const change of changes) {
    const file = JSON.parse(text) as AuditFile
    change(file)
    assert.notDeepEqual(differencesIn(file), [], change.toString())
  }
})

test('a file that was changed and signed anew with another key is told from the original by the published digest', async (t) => {
  const { box, folder } = await trial(t)
  const { survey, codes } = await openSurvey(box, [batchBody({ codes: 6, size: 6 })])
  for (const code of codes) await vote(box, code)
  await box.calls.close(survey.id)
  const published = (await box.calls.tally(survey.id)).seal.digest
  const {
    seal: _seal,
    openingSignature: _opening,
    ...body
  } = JSON.parse(await box.calls.auditFile(survey.id)) as AuditFile
  Object.assign(body.schools[0]?.audiences[0]?.items[0]?.counts ?? {}, { satisfied: 0, verySatisfied: 6 })
  const forger = openKeys(join(folder, 'forger'))
  const digest = digestOf(canonical(body))
  const forged: AuditFile = {
    ...body,
    seal: { digest, signature: forger.sign(digest), publicKey: forger.publicKey },
    openingSignature: forger.sign(body.opening.digest),
  }
  assert.deepEqual(differencesIn(forged), [])
  assert.match(differencesIn(forged, published).join(), /与公布的不同/)
  assert.deepEqual(differencesIn(JSON.parse(await box.calls.auditFile(survey.id)) as AuditFile, published), [])
})

test('a void class counts for nothing, takes no more ballots, and its check codes are not among those that counted', async (t) => {
  const { box } = await trial(t)
  const good = batchBody({ className: '1 班', codes: 6, size: 6 })
  const bad = batchBody({ className: '2 班', codes: 7, size: 7 })
  const { survey, codes } = await openSurvey(box, [good, bad])
  const last = codes.find((one) => one.batch.id === bad.id)
  assert.ok(last)
  for (const code of codes)
    if (code !== last) await vote(box, code, code.batch.id === bad.id ? 'verySatisfied' : 'fair')
  await box.calls.voidBatch(survey.id, bad.id)
  assert.equal((await vote(box, last)).state, 'void')
  await box.calls.close(survey.id)
  const { schools } = await box.calls.tally(survey.id)
  const parents = schools[0]?.audiences[0]
  assert.equal(parents?.cast, 6)
  assert.equal(parents?.items[0]?.counts.verySatisfied, 0)
  assert.equal((await box.calls.checkCodes(survey.id, 'school-1')).length, 6)
  assert.deepEqual(differencesIn(JSON.parse(await box.calls.auditFile(survey.id)) as AuditFile), [])
})

test('paper counts when two people typed the same, and says which questions differ until then', async (t) => {
  const { box } = await trial(t)
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

test('new slips make the unused ones of the first printing worthless and keep what was answered', async (t) => {
  const { box } = await trial(t)
  const { survey, codes } = await openSurvey(box, [batchBody({ codes: 5, size: 5 })])
  const [used, unused] = codes
  assert.ok(used && unused)
  await vote(box, used)
  const again = await box.calls.printKit(survey.id, 'school-1')
  assert.equal(again.codes, 4)
  assert.equal((await vote(box, unused)).state, 'void')
  assert.equal((await box.calls.progress(survey.id))[0]?.issued, 5)
})

test('a rehearsal can be erased with everything it had, a real survey never', async (t) => {
  const { box } = await trial(t)
  const rehearsal = await openSurvey(box, [batchBody({ codes: 3, size: 3 })], surveyBody({ rehearsal: true }))
  for (const code of rehearsal.codes) await vote(box, code)
  await box.calls.erase(rehearsal.survey.id)
  assert.equal((await vote(box, rehearsal.codes[0] ?? assert.fail())).state, 'unknown')
  const real = await openSurvey(box, [batchBody()])
  await assert.rejects(box.calls.erase(real.survey.id), { name: 'BoxRefused' })
})

test('questions and classes are frozen: the same again is harmless, anything else is refused', async (t) => {
  const { box } = await trial(t)
  const survey = surveyBody()
  const batches = [batchBody()]
  const first = await box.calls.prepare(survey, batches)
  assert.deepEqual(await box.calls.prepare(survey, batches), first)
  const [asked, ...others] = survey.questionnaires
  assert.ok(asked)
  const changed = { ...survey, questionnaires: [{ ...asked, questions: asked.questions.slice(1) }, ...others] }
  await assert.rejects(box.calls.prepare(changed, batches), { name: 'BoxRefused' })
})

test('a name that the printed font cannot draw is told before anything freezes, with the sign, and taken once it was changed', async (t) => {
  const { box } = await trial(t)
  const survey = surveyBody()
  const batch = batchBody({ schoolName: '试验𠮷小学' })
  await assert.rejects(box.calls.prepare(survey, [batch]), /“试验𠮷小学”里的“𠮷”.*换成字库有的字/)
  await box.calls.prepare(survey, [{ ...batch, schoolName: '试验吉小学' }])
})

test('a school renamed after a freezing that broke off is taken under its new name, until the first code is made', async (t) => {
  const { box } = await trial(t)
  const survey = surveyBody()
  const batch = batchBody()
  const first = await box.calls.prepare(survey, [batch])
  const renamed = { ...batch, schoolName: '演示第一小学（东校区）' }
  const second = await box.calls.prepare(survey, [renamed])
  assert.equal(second.fingerprint, first.fingerprint)
  assert.notEqual(second.rosterDigest, first.rosterDigest)
  const kit = await issueKit(box.room, survey.id, batch.schoolId)
  assert.equal(kit.schoolName, renamed.schoolName)
  assert.equal(kit.batches.length, 1)
  await assert.rejects(box.calls.prepare(survey, [batch]), { name: 'BoxRefused' })
})

test('haste, night and a burst of a class are noted from the tenth ballot on, uniform answers from ten, and gone after tallying', async (t) => {
  const state = await trial(t)
  const small = batchBody({ className: '2 班', codes: 9, size: 9 })
  const { survey, codes } = await openSurvey(state.box, [batchBody({ codes: 16, size: 16 }), small])
  const flags = async () => (await state.box.calls.progress(survey.id)).find((one) => one.id !== small.id)?.flags
  const noted = () =>
    state.box.room.database.read.all(
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
  const { box, time } = await trial(t)
  const other = batchBody({ schoolId: 'school-2', schoolName: '演示第二小学', codes: 4, size: 4 })
  const { survey, codes } = await openSurvey(box, [batchBody({ codes: 12, size: 12 }), other])
  const shown = async () => (await box.calls.progress(survey.id)).map((one) => one.cast).toSorted((a, b) => a - b)
  const own = codes.filter((one) => one.batch.id !== other.id)
  for (const code of own.slice(0, 6)) await vote(box, code)
  for (const code of codes.filter((one) => one.batch.id === other.id)) await vote(box, code)
  assert.deepEqual(await shown(), [0, 0])
  await moveCounters(box.room)
  assert.deepEqual(await shown(), [0, 6])
  for (const code of own.slice(6, 11)) await vote(box, code)
  await moveCounters(box.room)
  assert.deepEqual(await shown(), [0, 6], 'not twice in an hour')
  time.now = new Date(time.now.getTime() + 3_600_000)
  await moveCounters(box.room)
  assert.deepEqual(await shown(), [0, 11])
  await box.calls.close(survey.id)
  assert.deepEqual(await shown(), [4, 11], 'once closed they are exact')
})

test('a right typed code gets in at once however many wrong ones came from its address; only unknown ones wait', async (t) => {
  const { box } = await trial(t)
  const { codes } = await openSurvey(box, [batchBody({ codes: 1, size: 1 })])
  for (let at = 0; at < 300; at += 1) await box.desk.look(newTyped(), 'school')
  const order: string[] = []
  const guess = box.desk.look(newTyped(), 'school').then((one) => order.push(one.state))
  for (let at = 0; at < 20; at += 1) order.push((await box.desk.look(codes[0]?.typed ?? '', 'school')).state)
  await guess
  assert.deepEqual(order, [...Array.from({ length: 20 }, () => 'ready'), 'unknown'])
})

test('answers are taken to the end of the printed last day in Shanghai and not a second longer, whoever closes when', async (t) => {
  const { box, time } = await trial(t)
  const { survey, codes } = await openSurvey(box, [batchBody({ codes: 4, size: 4 })])
  const [first, second, paper] = codes
  assert.ok(first && second && paper)
  const attempt = randomUUID()
  time.now = new Date('2026-10-18T15:59:59Z')
  const thanks = await vote(box, first, 'fair', { attempt })
  assert.equal(thanks.state, 'counted')
  time.now = new Date('2026-10-18T16:00:00Z')
  assert.equal((await box.desk.look(second.secret, 'home')).state, 'closed')
  assert.equal((await vote(box, second)).state, 'closed')
  assert.deepEqual(await vote(box, first, 'fair', { attempt }), thanks, 'who was counted is thanked again')
  const entry = { code: paper.typed, answers: answersOf('parent', 'fair'), text: '' }
  await box.calls.enterPaper(survey.id, { ...entry, enteredBy: 'one' })
  const typed = await box.calls.enterPaper(survey.id, { ...entry, enteredBy: 'two' })
  assert.equal(typed.state, 'counted', 'a paper of the last day may be typed later')
})

test('the same form with other answers is told that the first ones count, and its answers are not taken', async (t) => {
  const { box } = await trial(t)
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
  const { box } = await trial(t)
  const survey = surveyBody()
  await box.calls.prepare(survey, [batchBody()])
  const keys = box.room.keys.find(survey.id)
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

test('a box that was copied without its keys says so, and makes no new ones in silence', async (t) => {
  const one = await trial(t)
  const { survey, codes } = await openSurvey(one.box, [batchBody()])
  const [code] = codes
  assert.ok(code)
  await one.box.close()
  const keys = join(one.folder, 'ballot-keys')
  renameSync(keys, `${keys}.away`)
  await assert.rejects(openAgain(one), { name: 'BoxBroken', message: /box\.key 不见了/ })
  assert.equal(existsSync(keys), false)
  // The key that signs is back, the survey's own is not.
  mkdirSync(keys)
  copyFileSync(join(`${keys}.away`, 'box.key'), join(keys, 'box.key'))
  one.box = await openAgain(one)
  assert.match((await one.box.troubles()).join(), /密钥不见了/)
  await assert.rejects(vote(one.box, code), /密钥不见了/)
  await assert.rejects(one.box.calls.printKit(survey.id, 'school-1'), /密钥不见了/)
  await one.box.calls.close(survey.id)
  await assert.rejects(one.box.calls.tally(survey.id), { name: 'BoxRefused', message: /密钥不见了/ })
  await one.box.close()
  copyFileSync(join(`${keys}.away`, `${survey.id}.key`), join(keys, `${survey.id}.key`))
  one.box = await openAgain(one)
  assert.deepEqual(await one.box.troubles(), [])
  await one.box.calls.tally(survey.id)
})

const openAgain = ({ folder, databaseUrl, time }: Trial) =>
  openBox({
    folder,
    databaseUrl,
    publicUrl: 'https://yipin.test',
    now: () => new Date(time.now),
    print: { kit: async () => new Uint8Array(), paper: async () => new Uint8Array() },
  })
