import type { ReadOnly } from '#server/kernel/work.ts'

/** The account behind a login name, for checking a password. */
export const findAccount = (db: ReadOnly, loginName: string) =>
  db
    .selectFrom('account')
    .innerJoin('person', 'person.id', 'account.personId')
    .innerJoin('organization', 'organization.id', 'person.bureauId')
    .select([
      'account.personId',
      'account.loginName',
      'account.passwordHash',
      'account.passwordChangedAt',
      'account.state',
      'account.mustChange',
      'account.resetId',
      'person.name',
      'person.bureauId',
      'organization.name as bureauName',
      'organization.shortName',
    ])
    .where('account.loginName', '=', loginName)
    .executeTakeFirst()
