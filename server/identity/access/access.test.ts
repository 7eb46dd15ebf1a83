import assert from 'node:assert/strict'
import { test } from 'node:test'
import { world } from '#tests/world/world.ts'

test('the clerk is told who they are and why they see what they see', async (t) => {
  const w = await world(t)
  const clerk = await w.as('clerk')
  const me = await clerk.get('/api/me')
  assert.equal(me.status, 200)
  assert.deepEqual(
    me.body.grants.map((one: { role: string }) => one.role),
    ['clerk'],
  )
  assert.match(me.body.explain[0], /演示第一小学的学校党务干事/)
})

test('a visitor without a session is told to sign in', async (t) => {
  const w = await world(t)
  const me = await w.visitor.get('/api/me')
  assert.equal(me.status, 401)
  assert.equal(me.body.code, 'notSignedIn')
})
