import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type Cell, hiddenCells, shownFrom, type Sum, sumsOfTable } from './suppression.ts'

const line = (...sizes: number[]): { cells: Cell[]; sums: Sum[] } => {
  const cells = sizes.map((n, at) => ({ key: `c${at}`, n }))
  const total = { key: 'total', n: sizes.reduce((all, n) => all + n, 0) }
  return { cells: [...cells, total], sums: [{ total: 'total', parts: cells.map((cell) => cell.key) }] }
}
const hidden = (readers: 'public' | 'bureau', ...sizes: number[]) => {
  const { cells, sums } = line(...sizes)
  return [...hiddenCells(cells, sums, readers)].toSorted()
}

test('rule 13: a cell is shown to the public from 10 ballots on and inside the bureau from 5', () => {
  assert.deepEqual(hidden('public', 10, 12), [])
  assert.deepEqual(hidden('bureau', 5, 12), [])
  assert.ok(hidden('public', 9, 12, 30).includes('c0'))
  assert.ok(!hidden('bureau', 9, 12, 30).includes('c0'))
})

test('V4: one hidden cell takes the smallest other one with it, for the total would give it away', () => {
  assert.deepEqual(hidden('public', 9, 30, 12), ['c0', 'c2'])
})

test('two hidden cells that together are still too few take a third one', () => {
  assert.deepEqual(hidden('public', 3, 4, 30, 12), ['c0', 'c1', 'c3'])
})

test('a lone small cell hides its total too', () => {
  assert.deepEqual(hidden('public', 7), ['c0', 'total'])
  assert.deepEqual(hidden('public', 7, 0), ['c0', 'total'])
})

test('a cell without ballots is shown as empty and protects nobody', () => {
  assert.deepEqual(hidden('public', 0, 30), [])
  assert.deepEqual(hidden('public', 0, 7, 30), ['c1', 'c2'])
})

const tables = fc
  .record({ rows: fc.integer({ min: 1, max: 6 }), columns: fc.integer({ min: 1, max: 4 }) })
  .chain(({ rows, columns }) =>
    fc.array(fc.array(fc.nat(40), { minLength: columns, maxLength: columns }), { minLength: rows, maxLength: rows }),
  )

test('in a table with margins no sum has exactly one hidden member, and no small cell is shown', () => {
  fc.assert(
    fc.property(tables, fc.constantFrom('public' as const, 'bureau' as const), (table, readers) => {
      const rows = table.map((_, at) => String(at))
      const columns = (table[0] ?? []).map((_, at) => String(at))
      const key = (row: string | null, column: string | null) => `${row ?? 'all'}/${column ?? 'all'}`
      const size = (row: string | null, column: string | null) =>
        table.reduce(
          (all, cells, at) =>
            row === null || row === String(at)
              ? all + cells.reduce((sum, n, place) => (column === null || column === String(place) ? sum + n : sum), 0)
              : all,
          0,
        )
      const cells = [...rows, null].flatMap((row) =>
        [...columns, null].map((column) => ({ key: key(row, column), n: size(row, column) })),
      )
      const sums = sumsOfTable(rows, columns, key)
      const covered = hiddenCells(cells, sums, readers)
      const sizes = new Map(cells.map((cell) => [cell.key, cell.n]))
      for (const cell of cells) if (cell.n > 0 && cell.n < shownFrom[readers]) assert.ok(covered.has(cell.key))
      for (const { total, parts } of sums) {
        const members = [total, ...parts].filter((one) => covered.has(one) && (sizes.get(one) ?? 0) > 0)
        assert.notEqual(members.length, 1, `${total} gives ${members.join()} away`)
        if (!covered.has(total) && members.length > 0)
          assert.ok(members.reduce((all, one) => all + (sizes.get(one) ?? 0), 0) >= shownFrom[readers])
      }
    }),
  )
})
