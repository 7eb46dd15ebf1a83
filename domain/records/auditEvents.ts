import type { lives } from '#domain/lifecycles.ts'

/**
 * What the log says has happened, under what it happened to. A step in the life of a record is not listed here: it is recorded as
 * the step itself (`entry.file`), so that button, endpoint, timeline and log cannot name it differently.
 */
const happened = {
  account: [
    'activated',
    'activationIssued',
    'created',
    'disabled',
    'enabled',
    'passwordChanged',
    'passwordExpired',
    'passwordSet',
    'unlocked',
  ],
  accountRequest: ['asked', 'confirmed', 'denied', 'noted'],
  activation: ['slipsPrinted'],
  activityForm: ['added', 'made'],
  adjustment: ['added', 'dropped'],
  application: ['amended', 'drafted', 'saved'],
  argumentation: ['added', 'corrected', 'voided'],
  article: ['deleted', 'drafted', 'saved'],
  audit: ['exported'],
  award: ['amended', 'restoreAsked', 'revocationDropped', 'revokeAsked'],
  brand: ['changed', 'created', 'published', 'renamed'],
  brandCategory: ['added'],
  breach: ['lifted', 'recorded'],
  budgetLine: ['spent'],
  calendar: ['saved'],
  comment: ['dated', 'received', 'repeated'],
  contact: ['assigned', 'departmentSet', 'ended'],
  cycle: ['basisRecorded', 'created', 'deleted', 'edited', 'graceGranted'],
  decision: ['confirmed', 'recorded', 'superseded'],
  department: ['added', 'renamed'],
  disagreementRuling: ['ruled'],
  entry: ['adopted', 'created', 'frozen', 'removed', 'saved', 'thawed'],
  event: ['checkedIn', 'declined', 'drafted', 'registered', 'saved'],
  file: ['removed', 'shownAgain', 'swept', 'uploaded', 'withheld'],
  finding: ['amended', 'recorded'],
  inspection: ['chosen', 'deleted', 'drawn', 'edited', 'inspected', 'planned'],
  notice: ['drafted', 'saved'],
  objection: ['received', 'repeated', 'schoolAnswered', 'schoolAsked'],
  organization: ['added'],
  panel: ['assigned', 'created', 'deleted', 'edited', 'reviewersSet'],
  person: ['nameCorrected'],
  plan: ['amended', 'revised', 'saved', 'started'],
  recommendation: ['downloaded', 'selected'],
  rectification: ['ordered'],
  recusal: ['recorded'],
  result: ['computed', 'corrected', 'downloaded'],
  role: ['granted', 'merged', 'revoked'],
  school: ['changed', 'confirmed', 'created', 'restored', 'retired'],
  schoolGroup: ['added', 'changed'],
  schoolList: ['applied'],
  scoreSheet: ['countingKept', 'exclusionAsked'],
  session: ['ended', 'signedOut'],
  setup: ['done', 'linkMade'],
  signIn: ['failed', 'succeeded'],
  standard: ['added'],
  summary: ['drafted', 'opened', 'saved'],
  survey: [
    'created',
    'drawn',
    'erased',
    'kitBegun',
    'kitBroken',
    'kitPrinted',
    'paperEntered',
    'paperWithdrawn',
    'remarkJudged',
    'reminded',
    'rosterConfirmed',
    'rosterSaved',
    'saved',
    'voidAsked',
    'voidConfirmed',
    'voidDropped',
  ],
  surveyRuling: ['ruled'],
  task: ['progressed'],
  visit: ['recorded', 'revised'],
  zone: ['added', 'combined', 'deleted', 'leadersSet', 'renamed'],
} as const

type Subjects = typeof happened
type Lives = typeof lives

export type AuditSubject = keyof Subjects
/** All that happened, whatever it happened to. */
export type AuditVerb = Subjects[AuditSubject][number]

type Happening = { [S in AuditSubject]: `${S}.${Subjects[S][number]}` }[AuditSubject]
type LifeStep = { [L in keyof Lives]: `${L}.${keyof Lives[L]['actions'] & string}` }[keyof Lives]

/** Everything that a work may record; what tests do to the data on their own account, they say so. */
export type AuditEvent = Happening | LifeStep | `test.${string}`
