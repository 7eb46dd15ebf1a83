import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { AuditFile } from './audit.ts'
import { newTyped } from './code.ts'
import { answersOf, batchBody, openSurvey, surveyBody, testBox, vote } from '#tests/world/testBox.ts'
import { issueKit } from '../office/office.ts'

test('a survey that another process opens, closes and counts is at once open, closed and unknown in this one', async (t) => {
  const state = await testBox(t)
  const { box } = state
  const other = await state.another()
  const idle = await other.voting.look(newTyped(), 'home')
  assert.equal(idle.state, 'unknown')
  const survey = surveyBody()
  await box.calls.prepare(survey, [batchBody({ codes: 6, size: 6 })])
  const kit = await issueKit(box.context, survey.id, 'school-1')
  const [code, late, ...rest] = kit.batches[0]?.slips ?? []
  assert.ok(code && late)
  assert.equal((await other.voting.look(code.secret, 'home')).state, 'notOpen')
  await box.calls.open(survey.id)
  assert.equal((await other.voting.look(code.typed, 'home')).state, 'ready')
  const batch = batchBody()
  for (const one of [code, ...rest]) assert.equal((await vote(other, { ...one, batch })).state, 'counted')
  await box.calls.close(survey.id)
  assert.equal((await other.voting.look(late.secret, 'home')).state, 'closed')
  assert.deepEqual(await other.calls.openPaper(survey.id), [])
  await box.calls.tally(survey.id)
  assert.equal((await other.voting.look(late.secret, 'home')).state, 'unknown')
  assert.equal(other.context.keys.find(survey.id), undefined, 'the destroyed keys live on nowhere')
})

test('ballots that two processes mix and close at the same moment are counted once each', async (t) => {
  const state = await testBox(t)
  if (state.databaseUrl === undefined) return t.skip('a database file is for one process')
  const { box } = state
  const other = await state.another()
  const { survey, codes } = await openSurvey(box, [batchBody({ codes: 60, size: 60 })])
  await Promise.all(codes.map((code, at) => vote(at % 2 ? box : other, code)))
  await Promise.all([box.shuffle(), other.shuffle(), box.shuffle(), other.shuffle()])
  await Promise.all([box.calls.close(survey.id), other.shuffle(), other.calls.close(survey.id)])
  await Promise.all([box.calls.tally(survey.id), other.calls.tally(survey.id)])
  const file = JSON.parse(await other.calls.auditFile(survey.id)) as AuditFile
  const [parents] = file.schools[0]?.audiences ?? []
  assert.equal(parents?.cast, 60)
  assert.equal(parents?.items[0]?.counts.satisfied, 60)
})

test('a paper that two people type in two processes at the same moment is counted', async (t) => {
  const state = await testBox(t)
  if (state.databaseUrl === undefined) return t.skip('a database file is for one process')
  const other = await state.another()
  const { survey, codes } = await openSurvey(state.box, [batchBody({ codes: 8, size: 8 })])
  for (const code of codes) {
    const entry = { code: code.typed, answers: answersOf('parent', 'fair'), text: '' }
    const outcomes = await Promise.all([
      state.box.calls.enterPaper(survey.id, { ...entry, enteredBy: 'one' }),
      other.calls.enterPaper(survey.id, { ...entry, enteredBy: 'two' }),
    ])
    assert.ok(
      outcomes.some((one) => one.state === 'counted'),
      outcomes.map((one) => one.state).join(),
    )
  }
})

test('a class that is taken out while another process counts is either out of the totals or refused', async (t) => {
  const state = await testBox(t)
  if (state.databaseUrl === undefined) return t.skip('a database file is for one process')
  const { box } = state
  const other = await state.another()
  for (let turn = 0; turn < 4; turn += 1) {
    const batches = [
      batchBody({ id: `a${turn}`, codes: 12, size: 12 }),
      batchBody({ id: `b${turn}`, codes: 12, size: 12 }),
    ]
    const { survey, codes } = await openSurvey(box, batches)
    for (const code of codes) await vote(box, code)
    await box.calls.close(survey.id)
    const [taken] = await Promise.allSettled([other.calls.voidBatch(survey.id, `a${turn}`), box.calls.tally(survey.id)])
    const file = JSON.parse(await box.calls.auditFile(survey.id)) as AuditFile
    const out = taken.status === 'fulfilled'
    assert.equal(file.batches.find((one) => one.id === `a${turn}`)?.void, out)
    assert.equal(file.schools[0]?.audiences[0]?.cast, out ? 12 : 24)
  }
})

test('of two processes that wait for each other the one that is taken back begins anew, and nobody is refused', async (t) => {
  const state = await testBox(t)
  if (state.databaseUrl === undefined) return t.skip('a database file is for one process')
  const { box } = state
  const other = await state.another()
  await openSurvey(box, [batchBody({ id: 'a', codes: 1, size: 1 }), batchBody({ id: 'b', codes: 1, size: 1 })])
  let arrived = 0
  let meet = () => {}
  const met = new Promise<void>((done) => (meet = done))
  const both = (first: string, second: string, at: typeof box) =>
    at.context.database.write(async (sql) => {
      await sql.run('update batch set night = night + 1 where id = ?', [first])
      arrived += 1
      if (arrived === 2) meet()
      await met
      await sql.run('update batch set night = night + 1 where id = ?', [second])
    })
  await Promise.all([both('a', 'b', box), both('b', 'a', other)])
  const rows = await box.context.database.read.all<{ night: number }>('select night from batch order by id')
  assert.deepEqual(
    rows.map((one) => Number(one.night)),
    [2, 2],
  )
})
