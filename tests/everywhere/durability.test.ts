import assert from 'node:assert/strict'
import { test } from 'node:test'
import { killTheBoxAgainAndAgain } from '../../bench/ballotDurability.ts'
import { killAgainAndAgain } from '../../bench/durability.ts'
import { freshBallotDatabase } from '#tests/world/testBox.ts'

test('nothing acknowledged is lost and nothing is half made when the server is killed under load', {
  // Its own PostgreSQL is not reached by such a kill; the transactions are the same.
  skip: process.env['TEST_ENGINE'] === 'postgres',
}, async () => {
  const proof = await killAgainAndAgain(3)
  assert.deepEqual(proof.faults, [])
  assert.ok(proof.acknowledged > 0)
})

test('no acknowledged ballot is lost and none counts twice when the server is killed in a rush, even if it is sent again', async (t) => {
  const proof = await killTheBoxAgainAndAgain(3, await freshBallotDatabase(t))
  assert.deepEqual(proof.faults, [])
  assert.ok(proof.acknowledged > 0)
})
