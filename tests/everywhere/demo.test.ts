import assert from 'node:assert/strict'
import { test } from 'node:test'
import { buildDemo } from '#demo/bureau.ts'
import { playedRespondents } from '#server/respondents.ts'
import { Problem } from '#server/kernel/problem.ts'
import { checkInvariants } from '#server/records/invariants.ts'
import { world } from '#tests/world/world.ts'

/** What six schools already show; a word in this list that the demonstration no longer reaches fails the test. */
const shown: Record<string, string[]> = {
  cycle: ['open'],
  plan: ['closed', 'draft', 'published', 'submitted'],
  promise: ['changed', 'kept', 'missed', 'open'],
  comment: ['answered', 'hidden', 'received'],
  entry: ['draft', 'filed'],
  summary: ['accepted', 'submitted'],
  application: ['awarded', 'notAwarded'],
  scoreSheet: ['recused', 'submitted'],
  result: ['final'],
  notice: ['ended'],
  objection: ['replied'],
  award: ['conferred'],
  recommendation: ['received'],
  survey: ['published'],
  inspection: ['closed', 'running'],
  event: ['cancelled', 'draft', 'held', 'published'],
  rectification: ['acknowledged', 'closed', 'issued', 'planned', 'reported', 'withdrawn'],
}

test('the demonstration of six schools reaches what it promises, keeps every invariant, and goes into an empty house only', async (t) => {
  const w = await world(t, { bare: true })
  const told: string[] = []
  const respondents = playedRespondents(w.ballot)
  const { states, signIns } = await buildDemo(w.house, { respondents, schools: 6, log: (line) => told.push(line) })
  for (const [name, expected] of Object.entries(shown)) assert.deepEqual(states[name], expected, name)
  for (const { name, breaches } of await checkInvariants(w.house)) assert.deepEqual(breaches, [], name)
  const voided = await w.house.database.reader
    .selectFrom('surveyBatch')
    .select(['voidAskedBy', 'voidedBy'])
    .where('voidedAt', 'is not', null)
    .execute()
  assert.equal(voided.length, 1, 'one class is taken out of the survey')
  assert.notEqual(voided[0]?.voidAskedBy, voided[0]?.voidedBy, 'by two people')
  assert.ok(told.length > 5, 'it says how far it has come')
  assert.equal(new Set(signIns.map((one) => one.loginName)).size, signIns.length)

  const last = await w.house.database.reader
    .selectFrom('auditRow')
    .select((eb) => eb.fn.max('at').as('at'))
    .executeTakeFirstOrThrow()
  assert.ok(last.at < '2026-11-20', `nothing of the demonstration lies after its end: ${last.at}`)
  await assert.rejects(
    buildDemo(w.house, { respondents, schools: 6 }),
    (error) => error instanceof Problem && error.status === 409,
  )
})
