import assert from 'node:assert/strict'
import { test } from 'node:test'
import { killTheBoxAgainAndAgain } from '../bench/ballotDurability.ts'
import { killAgainAndAgain } from '../bench/durability.ts'

// PostgreSQL is a process of its own that such a kill does not reach; its durability is not ours to prove.
const skip = process.env['TEST_ENGINE'] === 'postgres'

test('nothing acknowledged is lost and nothing is half made when the server is killed under load', {
  skip,
}, async () => {
  const proof = await killAgainAndAgain(3)
  assert.deepEqual(proof.faults, [])
  assert.ok(proof.acknowledged > 0)
})

test('no acknowledged ballot is lost and none counts twice when the server is killed in a rush, even if it is sent again', {
  skip,
}, async () => {
  const proof = await killTheBoxAgainAndAgain(3)
  assert.deepEqual(proof.faults, [])
  assert.ok(proof.acknowledged > 0)
})
