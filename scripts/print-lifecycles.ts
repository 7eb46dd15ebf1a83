import { writeFileSync } from 'node:fs'
import { type Lifecycle, movesFrom, nextState } from '#domain/base/lifecycle.ts'
import { lifecycles } from '#domain/lifecycles.ts'

/** docs/lifecycles.md as the tables say it; a test holds the file to this text. */
export function lifecyclesText(): string {
  const parts = [
    '# Lifecycles',
    '',
    'Printed from `domain/lifecycles.ts` by `node scripts/print-lifecycles.ts`; only these moves exist, and three overrides of the office ([decision 0012](decisions/0012-the-office-overrides-with-a-reason.md)).',
  ]
  for (const one of lifecycles) {
    const table = one as unknown as Lifecycle<string, string>
    parts.push('', `## \`${table.name}\` ${table.label}`, '', '| from | action | to |', '| --- | --- | --- |')
    for (const [state, label] of Object.entries(table.states)) {
      const moves = movesFrom(table, state)
      if (moves.length === 0) parts.push(`| \`${state}\` ${label} | – | – |`)
      for (const action of moves) {
        const next = nextState(table, state, action) ?? state
        parts.push(
          `| \`${state}\` ${label} | \`${action}\` ${table.actions[action]} | \`${next}\` ${table.states[next]} |`,
        )
      }
    }
  }
  return `${parts.join('\n')}\n`
}

if (import.meta.main) writeFileSync('docs/lifecycles.md', lifecyclesText())
