import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { againstMoving, type Lifecycle, movesFrom, nextState } from './lifecycle.ts'
import { lifecycles } from '#domain/lifecycles.ts'
import { planLife } from '#domain/plan/planLife.ts'
import { noWayBack } from './wayBack.ts'

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

const endsIn = (table: Lifecycle<string, string>, state: string, action: string) =>
  movesFrom(table, nextState(table, state, action) ?? state).length === 0

test('whoever ends a document reads before they confirm that there is no way back', () => {
  const ending = lifecycles.flatMap((one) => {
    const table = one as unknown as Lifecycle<string, string>
    const actions = Object.keys(table.states).flatMap((state) =>
      movesFrom(table, state).filter((action) => endsIn(table, state, action)),
    )
    return [...new Set(actions)].map((action) => ({ name: table.name, action }))
  })
  assert.ok(ending.length >= 15)
  const root = new URL('../../', import.meta.url).pathname
  const screens = globSync(['console/**/*.tsx', 'server/**/pages.ts'], { cwd: root })
    .map((path) => readFileSync(`${root}${path}`, 'utf8'))
    .join('')
  const words: Record<string, Record<string, string>> = noWayBack
  assert.deepEqual(
    ending.filter(({ name, action }) => !screens.includes(`noWayBack.${name}.${action}`)),
    [],
  )
  assert.deepEqual(
    ending.filter(({ name, action }) => !words[name]?.[action]?.includes('不能')),
    [],
  )
})
