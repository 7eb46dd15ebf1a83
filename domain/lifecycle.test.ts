import assert from 'node:assert/strict'
import { test } from 'node:test'
import { againstMoving, type Lifecycle, movesFrom, nextState } from './lifecycle.ts'
import { lifecycles } from './lifecycles/index.ts'
import { planLife } from './lifecycles/plan.ts'
import { noWayBack } from './lifecycles/wayBack.ts'

for (const one of lifecycles) {
  const table = one as unknown as Lifecycle<string, string>

  test(`every state of ${table.name} can be reached from its first`, () => {
    const reached = new Set([table.first])
    for (const state of reached)
      for (const action of movesFrom(table, state)) {
        const next = nextState(table, state, action)
        if (next) reached.add(next)
      }
    assert.deepEqual([...reached].toSorted(), Object.keys(table.states).toSorted())
  })

  test(`every action of ${table.name} leaves some state`, () => {
    const used = new Set(Object.keys(table.states).flatMap((state) => movesFrom(table, state)))
    assert.deepEqual([...used].toSorted(), Object.keys(table.actions).toSorted())
  })
}

test('a move that the table does not hold is refused in words that name the state and the action', () => {
  assert.deepEqual(
    againstMoving(planLife, 'draft', 'publish').map((one) => [one.code, one.message]),
    [['notInThisState', '创建方案现在是“起草中”，不能“公布”。']],
  )
  assert.deepEqual(againstMoving(planLife, 'draft', 'sign'), [])
})

/** The actions of a document after which no chain of moves leads back to the state they left. */
function deadEnds(table: Lifecycle<string, string>): string[] {
  const back = (from: string, to: string): boolean => {
    const reached = new Set([from])
    for (const state of reached)
      for (const action of movesFrom(table, state)) {
        const next = nextState(table, state, action)
        if (next) reached.add(next)
      }
    return reached.has(to)
  }
  const found = Object.keys(table.states).flatMap((state) =>
    movesFrom(table, state).filter((action) => !back(nextState(table, state, action) ?? state, state)),
  )
  return [...new Set(found)].toSorted()
}

test('every move can be undone by other moves, or it is written down what takes the place of a way back', () => {
  const computed = Object.fromEntries(
    lifecycles.flatMap((one) => {
      const ends = deadEnds(one as unknown as Lifecycle<string, string>)
      return ends.length > 0 ? [[one.name, ends]] : []
    }),
  )
  const written = Object.fromEntries(
    Object.entries(noWayBack).map(([name, actions]) => [name, Object.keys(actions).toSorted()]),
  )
  assert.deepEqual(written, computed)
})
