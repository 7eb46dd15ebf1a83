import type { World } from '#tests/world/world.ts'

/** An entry of a school, written by its clerk through the API; answers its id. */
export async function ledgerEntry(
  w: World,
  typed: Record<string, unknown> = {},
  schoolId: string = w.schoolIds[0],
): Promise<string> {
  const clerk = await w.as('clerk', schoolId)
  const body = { title: '“红船领航”主题党日', happenedOn: '2026-05-09', pillar: 'activity', ...typed }
  const made = await clerk.post('/api/ledger/entries', body)
  if (made.status !== 200) throw new Error(`no entry: ${made.text}`)
  return made.body.id
}
