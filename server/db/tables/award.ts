export interface AwardRow {
  id: string
  bureauId: string
  cycleId: string
  schoolId: string
  applicationId: string
  resultId: string
  grade: string
  state: string
  documentNumber: string | null
  certificateNumber: string | null
  /** What the certificate says, in canonical JSON, whose SHA-256 is the digest. */
  certificate: string | null
  certificateDigest: string | null
  conferredOn: string | null
  validUntil: string | null
  revokedReason: string | null
  createdAt: string
  updatedAt: string
}

export interface CertificateCounterRow {
  bureauId: string
  year: number
  last: number
}

export interface NoticeRow {
  id: string
  bureauId: string
  cycleId: string
  title: string
  body: string
  names: string
  state: string
  postedOn: string | null
  endsOn: string | null
  endedAt: string | null
  createdAt: string
  updatedAt: string
}

export interface ObjectionRow {
  id: string
  bureauId: string
  cycleId: string
  noticeId: string
  schoolId: string | null
  receiptHash: string
  name: string
  phone: string
  content: string
  state: string
  receivedAt: string
  handlerId: string | null
  admission: string
  decision: string
  reply: string
  repliedAt: string | null
}

export interface RecommendationRow {
  id: string
  bureauId: string
  cycleId: string
  awardId: string
  schoolId: string
  targetLevel: string
  state: string
  package: string
  digest: string | null
  outcome: string
  createdAt: string
  updatedAt: string
}

export interface AwardTables {
  award: AwardRow
  certificateCounter: CertificateCounterRow
  notice: NoticeRow
  objection: ObjectionRow
  recommendation: RecommendationRow
}
