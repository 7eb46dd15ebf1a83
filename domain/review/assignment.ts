import type { ApplicationState } from '#domain/application/applicationLife.ts'
import { computedRecusals, type RecusalKind, recusalKinds, type ReviewerTies } from './panel.ts'

export interface Pair {
  reviewerId: string
  reviewerName: string
  applicationId: string
  schoolId: string
  schoolName: string
  applicationState: ApplicationState
  /** A sheet that was taken back without a conflict and is handed out again. */
  sheetId?: string | undefined
}

export interface AssignmentFacts {
  members: readonly { personId: string; name: string; ties: ReviewerTies }[]
  applications: readonly {
    id: string
    schoolId: string
    name: string
    state: ApplicationState
    groupId: string | null
  }[]
  /** The sheets of the year by the panel's method, whichever panel gave them out. */
  sheets: readonly { id: string; reviewerId: string; applicationId: string; takenBackAt: string | null }[]
  recusals: readonly { personId: string; schoolId: string; kind: RecusalKind }[]
}

export interface AssignmentPlan {
  make: Pair[]
  skipped: (Pair & { kinds: RecusalKind[]; reason: string })[]
  /** How many sheets stand already. */
  kept: number
}

/** Which sheets of a panel are still to be made, and which must not be, with the reason (rule 9). */
export function planSheets({ members, applications, sheets, recusals }: AssignmentFacts): AssignmentPlan {
  const existing = new Map(sheets.map((one) => [`${one.reviewerId} ${one.applicationId}`, one]))
  const plan: AssignmentPlan = { make: [], skipped: [], kept: 0 }
  for (const member of members)
    for (const application of applications) {
      const pair: Pair = {
        reviewerId: member.personId,
        reviewerName: member.name,
        applicationId: application.id,
        schoolId: application.schoolId,
        schoolName: application.name,
        applicationState: application.state,
      }
      const kinds: RecusalKind[] = [
        ...computedRecusals(member.ties, { id: application.schoolId, groupId: application.groupId }),
        ...recusals
          .filter((one) => one.personId === member.personId && one.schoolId === application.schoolId)
          .map((one) => one.kind),
      ]
      const sheet = existing.get(`${pair.reviewerId} ${pair.applicationId}`)
      if (sheet && (sheet.takenBackAt === null || kinds.length > 0)) plan.kept += 1
      else if (kinds.length > 0) plan.skipped.push({ ...pair, kinds, reason: inWords(kinds) })
      else plan.make.push({ ...pair, sheetId: sheet?.id })
    }
  return plan
}

const inWords = (kinds: readonly RecusalKind[]): string =>
  [...new Set(kinds)].map((kind) => recusalKinds[kind]).join('；')
