import { awardLife } from '#domain/award/awardLife.ts'
import { noticeLife } from '#domain/award/noticeLife.ts'
import { resultLife } from '#domain/review/resultLife.ts'
import { z } from 'zod'
import { outcomeKindShape } from '#contract/year/cycle.ts'
import { attached } from '#contract/records/file.ts'
import { date, endpoint, filled, id, idParams, refusalShape, text, yearQuery, stateOf } from '#contract/endpoint.ts'

export const moves = z.record(z.string(), z.array(refusalShape))
const office = ['office'] as const
/** The stamp of what stood on the screen; when it differs, nothing happens (rule 16). */
export const seen = z.string().min(1).max(64)
const reasonSeen = z.strictObject({ reason: filled(500), seen })

const awardRow = z.strictObject({
  id: z.string(),
  schoolId: z.string(),
  schoolName: z.string(),
  stage: z.string(),
  brandName: z.string(),
  grade: z.string(),
  state: stateOf(awardLife),
  outcomeKind: outcomeKindShape,
  /** Held today: made public, not taken back, not expired. */
  valid: z.boolean(),
  certificateNumber: z.string().nullable(),
  documentNumber: z.string().nullable(),
  conferredOn: z.string().nullable(),
  validUntil: z.string().nullable(),
  revokedReason: z.string().nullable(),
  /** What was asked and waits for its second person. */
  asked: z
    .strictObject({
      kind: z.enum(['revoke', 'restore']),
      reason: z.string(),
      askedByName: z.string(),
      own: z.boolean(),
    })
    .nullable(),
  updatedAt: z.string(),
  moves,
})

const decisionShape = z.strictObject({
  id: z.string(),
  heldOn: z.string(),
  attendees: z.string(),
  minutes: z.string(),
  skipReason: z.string(),
  decidedAt: z.string(),
  decidedByName: z.string(),
  digest: z.string(),
  names: z.array(z.strictObject({ schoolName: z.string(), grade: z.string() })),
  files: z.array(attached),
  confirmedAt: z.string().nullable(),
  confirmedByName: z.string(),
  /** Why one person did both; empty when two did. */
  mergedReason: z.string(),
  supersededAt: z.string().nullable(),
  supersededReason: z.string(),
  moves,
})

/** The state of naming in the open year, from the sealed result to the conferral, with what is left to do. */
export const readNaming = endpoint({
  name: 'readNaming',
  method: 'GET',
  path: '/api/naming',
  summary: '审定公布办理情况',
  access: office,
  query: yearQuery,
  reply: z.strictObject({
    cycleId: z.string(),
    cycleTitle: z.string(),
    awardTitle: z.string(),
    outcomeKind: outcomeKindShape,
    bureauName: z.string(),
    seen,
    grades: z.array(z.string()),
    /** Schools left out because the reader has recused from them. */
    hidden: z.int(),
    quota: z.strictObject({ most: z.int(), reason: z.string(), held: z.int() }),
    result: z.strictObject({ id: z.string(), state: stateOf(resultLife), sealedOn: z.string().nullable() }).nullable(),
    candidates: z.array(
      z.strictObject({
        applicationId: z.string(),
        schoolName: z.string(),
        stage: z.string(),
        brandName: z.string(),
        place: z.int(),
        total: z.int(),
        breached: z.boolean(),
      }),
    ),
    awards: z.array(awardRow),
    decisions: z.array(decisionShape),
    notices: z.array(
      z.strictObject({
        id: z.string(),
        title: z.string(),
        state: stateOf(noticeLife),
        postedOn: z.string().nullable(),
        endsOn: z.string().nullable(),
        closedReason: z.string(),
      }),
    ),
    notice: z.strictObject({ id: z.string(), state: stateOf(noticeLife), endsOn: z.string().nullable() }).nullable(),
    /** What taking the decision up again sets in motion; empty while there is none. */
    knockOn: z.array(z.string()),
    decideReasons: z.array(refusalShape),
    noticeReasons: z.array(refusalShape),
    conferReasons: z.array(refusalShape),
    reopenReasons: z.array(refusalShape),
  }),
})

export const decideResult = endpoint({
  name: 'decideResult',
  method: 'POST',
  path: '/api/results/:id/decide',
  summary: '登记审定会议的决定：会议纪要和入选名单',
  access: office,
  params: idParams,
  body: z.strictObject({
    heldOn: date,
    attendees: filled(500),
    minutes: filled(3000),
    grades: z.array(z.strictObject({ applicationId: id, grade: text(20).default('') })).max(1000),
    skipReason: text(1000).default(''),
    fileIds: z.array(id).max(5, '会议纪要附件最多 5 份').default([]),
    seen,
  }),
})

export const listDecisions = endpoint({
  name: 'listDecisions',
  method: 'GET',
  path: '/api/decisions',
  summary: '等待另一人核对确认的审定决定',
  access: ['office', 'leader'],
  reply: z.array(z.strictObject({ ...decisionShape.shape, cycleTitle: z.string(), alone: z.boolean() })),
})

export const confirmDecision = endpoint({
  name: 'confirmDecision',
  method: 'POST',
  path: '/api/decisions/:id/confirm',
  summary: '由另一人对照会议纪要核对确认审定决定；只有一人时写明理由',
  access: ['office', 'leader'],
  params: idParams,
  /** The digest of the decision that was shown. */
  body: z.strictObject({ reason: text(500).default(''), seen }),
})

export const reopenDecision = endpoint({
  name: 'reopenDecision',
  method: 'POST',
  path: '/api/results/:id/reopen',
  summary: '更正审定：原决定和公示标明被替代，重新登记决定',
  access: office,
  params: idParams,
  body: reasonSeen,
})

export const conferAwards = endpoint({
  name: 'conferAwards',
  method: 'POST',
  path: '/api/naming/confer',
  summary: '公布结果：登记文号和日期，设证书的年度生成证书编号',
  access: office,
  body: z.strictObject({ documentNumber: filled(60), conferredOn: date, issuer: text(60).default(''), seen }),
  query: yearQuery,
  reply: z.strictObject({ conferred: z.int() }),
})

export const draftAnnouncement = endpoint({
  name: 'draftAnnouncement',
  once: true,
  method: 'POST',
  path: '/api/naming/announcements',
  summary: '按公布的结果起草一份通知公告，改好以后在门户发布',
  access: office,
  body: z.strictObject({ seen }),
  query: yearQuery,
  reply: z.strictObject({ id: z.string() }),
})

export const amendConferral = endpoint({
  name: 'amendConferral',
  method: 'POST',
  path: '/api/awards/:id/amend',
  summary: '更正同一批公布的文号、日期、颁发单位；原证书内容留存',
  access: office,
  params: idParams,
  body: z.strictObject({
    documentNumber: filled(60),
    conferredOn: date,
    issuer: text(60).default(''),
    reason: filled(500),
    seen,
  }),
  reply: z.strictObject({ amended: z.int() }),
})

const second = ['office', 'leader'] as const

export const askRevocation = endpoint({
  name: 'askRevocation',
  method: 'POST',
  path: '/api/awards/:id/revoke',
  summary: '提出撤销，写明理由，由另一人确认',
  access: office,
  params: idParams,
  body: reasonSeen,
})

export const askRestoration = endpoint({
  name: 'askRestoration',
  method: 'POST',
  path: '/api/awards/:id/restore',
  summary: '提出更正撤销，写明理由，由另一人确认',
  access: office,
  params: idParams,
  body: reasonSeen,
})

export const listRevocations = endpoint({
  name: 'listRevocations',
  method: 'GET',
  path: '/api/revocations',
  summary: '撤销和撤销更正：等待确认的和办过的',
  access: second,
  reply: z.array(
    z.strictObject({
      id: z.string(),
      awardId: z.string(),
      schoolName: z.string(),
      title: z.string(),
      kind: z.enum(['revoke', 'restore']),
      reason: z.string(),
      askedByName: z.string(),
      askedAt: z.string(),
      outcome: z.enum(['asked', 'confirmed', 'dropped']),
      decidedByName: z.string().nullable(),
      decidedAt: z.string().nullable(),
      moves,
    }),
  ),
})

export const decideRevocation = endpoint({
  name: 'decideRevocation',
  method: 'POST',
  path: '/api/revocations/:id/decide',
  summary: '由另一人确认撤销，或者放弃',
  access: second,
  params: idParams,
  body: z.strictObject({ action: z.enum(['confirm', 'drop']) }),
})

export const listOwnAwards = endpoint({
  name: 'listOwnAwards',
  method: 'GET',
  path: '/api/awards/own',
  summary: '本校的结果和证书',
  access: ['secretary', 'clerk'],
  query: yearQuery,
  reply: z.array(awardRow),
})
