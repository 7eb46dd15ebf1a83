import type { Actor } from '#domain/base/actor.ts'
import type { ActivityFormRow } from '#server/db/tables/ledger.ts'
import type { Work } from '#server/kernel/work.ts'

export async function insertForms({ tx }: Work<Actor>, forms: readonly ActivityFormRow[]): Promise<void> {
  await tx
    .insertInto('activityForm')
    .values([...forms])
    .execute()
}
