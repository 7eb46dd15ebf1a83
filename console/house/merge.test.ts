import assert from 'node:assert/strict'
import { test } from 'node:test'
import { merge, placeOf, put, same } from './merge.ts'

const base = { goals: '原目标', entryPoint: '原切入点', tasks: [{ id: 'a', content: '甲', owner: '王' }] }

test('what only I changed is mine, what only somebody else changed is theirs', () => {
  const merged = merge(base, { ...base, goals: '我的目标' }, { ...base, entryPoint: '新切入点' })
  assert.deepEqual(merged.values, { ...base, goals: '我的目标', entryPoint: '新切入点' })
  assert.deepEqual(merged.conflicts, [])
  assert.deepEqual(merged.taken, [['entryPoint']])
})

test('what both changed is named with both, stays mine in the form and stays a conflict until chosen', () => {
  const theirs = { ...base, goals: '别人的目标' }
  const merged = merge(base, { ...base, goals: '我的目标' }, theirs)
  assert.deepEqual(merged.conflicts, [{ path: ['goals'], mine: '我的目标', theirs: '别人的目标' }])
  assert.equal(merged.values['goals'], '我的目标')
  assert.equal(merge(merged.base, merged.values, theirs).conflicts.length, 1)
  const chosen = put(merged.base, ['goals'], '别人的目标')
  assert.deepEqual(merge(chosen, merged.values, theirs).conflicts, [])
  assert.equal(merge(chosen, merged.values, theirs).values['goals'], '我的目标')
})

test('the same change on both sides is no conflict, and blank is blank however it is written', () => {
  const alike = merge(base, { ...base, goals: '同' }, { ...base, goals: '同' })
  assert.deepEqual(alike.conflicts, [])
  assert.ok(same({ a: '', b: [] }, { a: undefined, b: null }))
  assert.ok(!same(0, ''))
  assert.ok(!same(false, undefined))
})

test('rows of a list meet by their ids: two fields of one row, a row added here, a row added there', () => {
  const mine = { ...base, tasks: [{ id: 'a', content: '甲改', owner: '王' }, { content: '我加的' }] }
  const theirs = {
    ...base,
    tasks: [
      { id: 'a', content: '甲', owner: '李' },
      { id: 'b', content: '别人加的', owner: '' },
    ],
  }
  const { values, conflicts } = merge(base, mine, theirs)
  assert.deepEqual(conflicts, [])
  assert.deepEqual(values['tasks'], [
    { id: 'a', content: '甲改', owner: '李' },
    { content: '我加的' },
    { id: 'b', content: '别人加的', owner: '' },
  ])
})

test('a row removed here and changed there is asked about, one removed on one side only is gone', () => {
  const changed = { ...base, tasks: [{ id: 'a', content: '甲改', owner: '王' }] }
  const asked = merge(base, { ...base, tasks: [] }, changed)
  assert.deepEqual(asked.conflicts, [{ path: ['tasks', '#a'], mine: undefined, theirs: changed.tasks[0] }])
  assert.deepEqual(put(asked.values, ['tasks', '#a'], changed.tasks[0])['tasks'], changed.tasks)
  const kept = merge(base, changed, { ...base, tasks: [] })
  assert.equal(kept.conflicts.length, 1)
  assert.deepEqual(kept.values['tasks'], changed.tasks)
  assert.deepEqual(put(kept.values, ['tasks', '#a'], undefined)['tasks'], [])
  assert.deepEqual(merge(base, { ...base, tasks: [] }, base).values['tasks'], [])
  assert.deepEqual(merge(base, base, { ...base, tasks: [] }).values['tasks'], [])
})

test('answers in a fixed order meet by their place', () => {
  const answers = { answers: ['一', '', '三'] }
  const merged = merge(answers, { answers: ['一', '我写二', '三'] }, { answers: ['一', '', '别人三'] })
  assert.deepEqual(merged.values['answers'], ['一', '我写二', '别人三'])
  assert.deepEqual(merged.conflicts, [])
})

test('a choice of several that both changed is asked about as a whole', () => {
  const merged = merge({ ids: ['a'] }, { ids: ['a', 'b'] }, { ids: ['a', 'c', 'd'] })
  assert.deepEqual(merged.conflicts, [{ path: ['ids'], mine: ['a', 'b'], theirs: ['a', 'c', 'd'] }])
})

test('of chosen people or schools both additions are in, and whom one side took out does not come back by the other', () => {
  const [a, b, c, d, e] = ['a', 'b', 'c', 'd', 'e'].map((sign) => `00000000-0000-7000-8000-00000000000${sign}`)
  const merged = merge({ ids: [a, b, c] }, { ids: [a, c, d] }, { ids: [a, b, e] })
  assert.deepEqual(merged.values['ids'], [a, d, e])
  assert.deepEqual(merged.conflicts, [])
  assert.deepEqual(merge(merged.base, merged.values, { ids: [a, b, e] }).values['ids'], [a, d, e])
})

test('a place is found in the form by what the row is, not by where it stood', () => {
  const fields = { tasks: [{ id: 'x' }, { id: 'a', content: '甲' }] }
  assert.deepEqual(placeOf(fields, ['tasks', '#a', 'content']), ['tasks', 1, 'content'])
})

test('nothing newer is ever lost: every field of the result is mine, theirs, or both', () => {
  const words = ['', '甲', '乙', '丙']
  for (const b of words)
    for (const m of words)
      for (const t of words) {
        const { values, conflicts } = merge({ f: b }, { f: m }, { f: t })
        const told = conflicts.length === 1
        if (t !== b && values['f'] !== t) assert.ok(told, `${b}/${m}/${t}: newer words vanished`)
        if (m !== b && values['f'] !== m) assert.fail(`${b}/${m}/${t}: own words vanished`)
        if (told) assert.ok(m !== b && t !== b && m !== t)
      }
})
