import type { Role } from '#domain/base/actor.ts'
import type { RequestState } from '#domain/identity/accountRequestLife.ts'
import type { AccountState } from '#domain/identity/account.ts'
import type { RequestKind } from '#domain/identity/accountRequest.ts'
import type { Level } from '#domain/schools/organization.ts'

export interface OrganizationRow {
  id: string
  parentId: string | null
  districtId: string | null
  level: Level
  name: string
  shortName: string
  code: string | null
  path: string
  createdAt: string
  retiredAt: string | null
}

export interface DepartmentRow {
  id: string
  bureauId: string
  name: string
  sortOrder: number
}

export interface PersonRow {
  id: string
  bureauId: string
  name: string
  phone: string | null
  title: string | null
  createdAt: string
}

export interface AccountRow {
  personId: string
  loginName: string
  passwordHash: string | null
  state: AccountState
  mustChange: number
  passwordChangedAt: string | null
  createdAt: string
  /** The request whose slip set the password, until the owner has confirmed it. */
  resetId: string | null
}

export interface RoleGrantRow {
  id: string
  personId: string
  role: Role
  organizationId: string
  departmentId: string | null
  createdAt: string
  endedAt: string | null
}

export interface ActivationRow {
  id: string
  personId: string
  tokenHash: string
  createdAt: string
  expiresAt: string
  usedAt: string | null
  /** The released request that it was printed for; none for the first slip of a new account. */
  requestId: string | null
}

export interface AccountRequestRow {
  id: string
  bureauId: string
  kind: RequestKind
  state: RequestState
  personId: string
  role: Role | null
  organizationId: string | null
  departmentId: string | null
  reason: string
  askedBy: string
  askedAt: string
  decidedBy: string | null
  decidedAt: string | null
  /** What the second person wrote when refusing. */
  decision: string | null
  usedAt: string | null
  /** When the owner confirmed the new password as their own. */
  confirmedAt: string | null
  /** When the auditor had seen it. */
  notedAt: string | null
}

export interface SessionRow {
  id: string
  tokenHash: string
  personId: string
  createdAt: string
  lastSeenAt: string
  source: string
  device: string
  endedAt: string | null
}

export interface SignInFailureRow {
  key: string
  failures: number
  windowStart: string
  lockedUntil: string | null
}

/** Under which the public forms of this installation are sealed. */
export interface FormKeyRow {
  id: number
  value: string
}

/** How many public forms came from one network within the hour; the key is no address. */
export interface FormArrivalRow {
  key: string
  count: number
  since: string
}

export interface KnownDeviceRow {
  personId: string
  deviceHash: string
  createdAt: string
}

export interface SettingRow {
  key: string
  value: string
  updatedAt: string
}

export interface AuditHeadRow {
  id: number
  seq: number
  hash: string
}

export interface AuditRowRow {
  seq: number
  at: string
  actorId: string | null
  actorName: string
  event: string
  subjectType: string
  subjectId: string
  schoolId: string | null
  detail: string
  previousHash: string
  hash: string
}

export interface FileRow {
  id: string
  sha256: string
  size: number
  kind: string
  mime: string
  name: string
  uploaderId: string
  schoolId: string | null
  width: number | null
  height: number | null
  takenAt: string | null
  createdAt: string
  withheldAt: string | null
  withheldReason: string | null
}

export interface EvidenceRow {
  id: string
  schoolId: string | null
  subjectType: string
  subjectId: string
  fileId: string
  caption: string
  sortOrder: number
  createdAt: string
  isPublic: number
}

/** Made by the first migration for the room of messages, which is not built yet: nobody writes or reads it. */
export interface OutboxRow {
  id: string
  kind: string
  personId: string | null
  payload: string
  createdAt: string
  sentAt: string | null
}

export interface SearchTokenRow {
  token: string
  subjectType: string
  subjectId: string
  bureauId: string
}

export interface SendingRow {
  personId: string
  endpoint: string
  id: string
  digest: string
  reply: string
  at: string
}

export interface FoundationTables {
  organization: OrganizationRow
  department: DepartmentRow
  person: PersonRow
  account: AccountRow
  roleGrant: RoleGrantRow
  activation: ActivationRow
  accountRequest: AccountRequestRow
  session: SessionRow
  signInFailure: SignInFailureRow
  formKey: FormKeyRow
  formArrival: FormArrivalRow
  knownDevice: KnownDeviceRow
  sending: SendingRow
  setting: SettingRow
  auditHead: AuditHeadRow
  auditRow: AuditRowRow
  file: FileRow
  evidence: EvidenceRow
  outbox: OutboxRow
  searchToken: SearchTokenRow
}
