import type { ReadOnly } from '#server/kernel/work.ts'

/** The forms of activities that a bureau knows, in its own order. */
export const listForms = (db: ReadOnly, bureauId: string) =>
  db
    .selectFrom('activityForm')
    .select(['id', 'label'])
    .where('bureauId', '=', bureauId)
    .orderBy('sortOrder')
    .orderBy('id')
    .execute()
