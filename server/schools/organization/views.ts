import { isSameName } from '#domain/identity/account.ts'
import { againstReadingSchool, hasRole, worksAt } from '#domain/base/actor.ts'
import {
  againstConfirmingSchool,
  againstEditingSchool,
  againstRestoringSchool,
  againstRetiring,
} from '#domain/schools/organization.ts'
import { demand } from '#server/kernel/problem.ts'
import type { Look } from '#server/kernel/work.ts'
import { readSchoolRecord, readStanding } from './queries.ts'

/** The page of one school, with its accounts for whoever may know them and what the actor may do to it. */
export async function readSchoolDetail(look: Look, id: string) {
  const standing = await readStanding(look.db, id)
  demand(againstReadingSchool(look.actor, standing))
  const { accounts, ...record } = await readSchoolRecord(look.db, id)
  const mayKnow = hasRole(look.actor, 'office') || worksAt(look.actor, id)
  return {
    ...record,
    accounts: mayKnow
      ? accounts.map(({ organizationId: _school, ...one }) => ({
          ...one,
          former: one.role === 'secretary' && !isSameName(one.name, record.school.secretaryName),
        }))
      : [],
    moves: {
      edit: againstEditingSchool(look.actor, standing),
      confirm: againstConfirmingSchool(look.actor, standing),
      retire: againstRetiring(look.actor, standing),
      restore: againstRestoringSchool(look.actor, standing),
    },
  }
}
