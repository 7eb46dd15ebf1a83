import type { Actor } from '#domain/base/actor.ts'
import type { SettingRow } from '#server/db/tables/foundation.ts'
import type { Work } from '#server/kernel/work.ts'

export async function replaceSetting(work: Work<Actor>, row: SettingRow): Promise<void> {
  await removeSetting(work, row.key)
  await work.tx.insertInto('setting').values(row).execute()
}

/** Whether there was one; of two who remove it, one wins. */
export async function removeSetting(work: Work<Actor>, key: string): Promise<boolean> {
  const done = await work.tx.deleteFrom('setting').where('key', '=', key).executeTakeFirstOrThrow()
  return done.numDeletedRows === 1n
}
