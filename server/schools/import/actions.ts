import { uploadRefusal } from '#domain/records/upload.ts'
import { againstApplying, plainSheet } from '#domain/schools/schoolList.ts'
import type { SchoolListRow } from '#domain/schools/listRow.ts'
import type { SchoolPlan } from '#domain/schools/schoolPlan.ts'
import { choicesShape } from '#contract/schools/schoolList.ts'
import { addPerson, endRole } from '#server/identity/access/actions.ts'
import { listAccountsOfSchools, listGrantsOfSchools } from '#server/identity/access/queries.ts'
import { addZone } from '#server/schools/division/actions.ts'
import { readDivisions } from '#server/schools/division/queries.ts'
import { addSchool, changeSchool } from '#server/schools/organization/actions.ts'
import { clearCodes } from '#server/schools/organization/writes.ts'
import { inputRefusals } from '#server/kernel/http.ts'
import { demand, Problem, refuse } from '#server/kernel/problem.ts'
import type { Exchange } from '#server/kernel/routes.ts'
import { readBook } from '#server/kernel/sheet.ts'
import type { Work } from '#server/kernel/work.ts'
import {
  type ChangedSecretary,
  type Choices,
  judgeSchoolList,
  plainChoices,
  type SentList,
  takenLoginNames,
} from './queries.ts'
import { quoted } from '#domain/base/text.ts'

const LIST_LIMIT = 5 * 1024 * 1024
const CHOICES_LIMIT = 1024 * 1024

export interface ListToApply extends SentList {
  bureauId: string
  /** Of the dry run that was shown; left out by set-up and demonstration, which show none. */
  digest?: string
  accounts: boolean
}

/** A list of our own making, which nobody has to look at. */
export const ownList = (bytes: Uint8Array, cells: readonly (readonly string[])[]): SentList => ({
  bytes,
  sheets: [plainSheet(cells)],
  choices: plainChoices,
})

/** The sheets of the one file that was sent, whatever it is called, and what has been said on the page about it. */
export async function readSentList({ request }: Exchange): Promise<SentList> {
  if (!request.isMultipart()) throw refuse('wrongType', '请用上传文件的方式提交学校名单。', { field: 'file' })
  const part = await request.file({ limits: { fileSize: LIST_LIMIT, fieldSize: CHOICES_LIMIT } })
  if (!part) throw refuse('incomplete', '请选择学校名单文件。', { field: 'file' })
  const chunks: Buffer[] = []
  for await (const chunk of part.file) chunks.push(chunk)
  if (part.file.truncated) throw refuse('tooLarge', '名单文件超过 5 MB，请删去多余的内容或图片。', { field: 'file' })
  const bytes = Buffer.concat(chunks)
  const book = await readBook(bytes)
  if ('refused' in book) throw new Problem([uploadRefusal(book.refused)])
  const said = part.fields['choices']
  const text = said && 'value' in said ? said.value : undefined
  return { bytes, sheets: book.sheets, choices: typeof text === 'string' ? choicesIn(text) : plainChoices }
}

function choicesIn(text: string): Choices {
  const read = choicesShape.safeParse(parsedOrNothing(text))
  if (!read.success) throw new Problem(inputRefusals(read.error.issues))
  return read.data
}

function parsedOrNothing(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Applies a school list as one unit: with a single mistake or open doubt, or when it would do other than was shown, nothing happens. */
export async function applySchoolList(work: Work, list: ListToApply) {
  const { bureauId } = list
  const judged = await judgeSchoolList(work.db, bureauId, list)
  demand(againstApplying(judged.reading.mistakes, judged.doubts))
  if (list.digest !== undefined && list.digest !== judged.digest)
    throw refuse('stateChanged', '试读以后，文件或学校名录又有了变化，请重新试读，看过再导入。')
  const { plan } = judged
  for (const name of judged.newZones) await addZone(work, bureauId, name)
  const { zones } = await readDivisions(work.db, bureauId)
  const zoneIds = new Map(zones.map((zone) => [zone.name, zone.id]))

  const placed = new Map<string, SchoolListRow>()
  await clearCodes(work, recoded(plan))
  for (const { schoolId, row, changes, restored } of plan.changed) {
    await changeSchool(work, schoolId, recordFrom(row, zoneIds), { changes, restored })
    placed.set(schoolId, row)
  }
  for (const row of plan.added) placed.set(await addSchool(work, { bureauId, ...recordFrom(row, zoneIds) }), row)
  for (const { schoolId, row } of plan.unchanged) placed.set(schoolId, row)

  const replaced = list.choices.replaceSecretaries ? await endFormerSecretaries(work, judged.secretaries) : 0
  const accounts = list.accounts || replaced > 0 ? await makeAccounts(work, bureauId, placed) : { made: 0, kept: 0 }
  const done = {
    added: plan.added.length,
    changed: plan.changed.length,
    unchanged: plan.unchanged.length,
    zones: judged.newZones.length,
    accountsMade: accounts.made,
    accountsKept: accounts.kept,
    secretariesReplaced: replaced,
  }
  work.record('schoolList.applied', 'organization', bureauId, { ...done, digest: judged.digest })
  return { ...done, missing: plan.missing }
}

const recoded = (plan: SchoolPlan): string[] =>
  plan.changed.filter((one) => one.changes.some((change) => change.label === '学校标识码')).map((one) => one.schoolId)

function recordFrom(row: SchoolListRow, zoneIds: Map<string, string>) {
  const { sheet: _sheet, row: _row, clerkName: _clerk, zone, contactPhone, sortOrder, ...record } = row
  const zoneId = zoneIds.get(zone)
  if (!zoneId) throw refuse('invalid', `没有片区${quoted(zone)}。`)
  return {
    ...record,
    zoneId,
    ...(contactPhone === null ? {} : { contactPhone }),
    ...(sortOrder === null ? {} : { sortOrder }),
  }
}

/** Takes the post from secretaries whom the list no longer names: from now on they sign nothing. */
async function endFormerSecretaries(work: Work, former: readonly ChangedSecretary[]): Promise<number> {
  const grants = await listGrantsOfSchools(
    work.db,
    former.map((one) => one.schoolId),
  )
  let ended = 0
  for (const { schoolId, personId } of former)
    for (const grant of grants)
      if (grant.organizationId === schoolId && grant.personId === personId && grant.role === 'secretary') {
        await endRole(work, grant.id)
        ended += 1
      }
  return ended
}

/** A secretary and a clerk for every school that has none yet; who is there stays, and for a vacant post nobody is invented. */
async function makeAccounts(work: Work, bureauId: string, schools: Map<string, SchoolListRow>) {
  const present = await listAccountsOfSchools(work.db, [...schools.keys()])
  const there = new Set(present.map((one) => `${one.organizationId} ${one.role}`))
  const wanted = [...schools].flatMap(([schoolId, row]) =>
    (['secretary', 'clerk'] as const)
      .filter((role) => role === 'clerk' || row.secretaryName !== '')
      .map((role) => ({
        schoolId,
        role,
        name: role === 'secretary' ? row.secretaryName : (row.clerkName ?? '党务干事'),
        loginName: `${row.code ?? ''}${role === 'secretary' ? 's' : 'c'}`,
        there: there.has(`${schoolId} ${role}`),
      })),
  )
  const taken = await takenLoginNames(
    work.db,
    wanted.flatMap((one) => [one.loginName, ...SUCCESSORS.map((n) => `${one.loginName}${n}`)]),
  )
  let made = 0
  for (const { schoolId, role, name, loginName, there: kept } of wanted) {
    // The predecessor's name stays theirs in the audit log; a successor signs in with a number behind it.
    const free = [loginName, ...SUCCESSORS.map((n) => `${loginName}${n}`)].find((one) => !taken.has(one))
    if (kept || free === undefined) continue
    await addPerson(work, { bureauId, name, loginName: free, grants: [{ role, organizationId: schoolId }] })
    made += 1
  }
  return { made, kept: wanted.length - made }
}

const SUCCESSORS = [2, 3, 4, 5, 6, 7, 8, 9] as const
