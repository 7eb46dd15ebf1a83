/** The thirteen rooms: one subject of the programme each, with the same name on every floor. */
export const rooms = [
  'identity',
  'schools',
  'year',
  'brand',
  'plan',
  'ledger',
  'supervision',
  'survey',
  'application',
  'review',
  'award',
  'showcase',
  'records',
] as const

/** What stands beside the rooms of a floor: what all of them share, and `home`, which composes them as the app does. */
export const shared: Record<string, string[]> = {
  domain: ['base'],
  contract: ['home'],
  server: ['kernel', 'db', 'portal', 'home'],
  console: ['house', 'shell', 'home'],
}

const room = `(?:${rooms.join('|')}|home)`
const inRoom = (words: string) => new RegExp(`^server/${room}/(?:[^/]+/)?(?:${words})\\.ts$`)

/** Who may import whom, held as data: a path prefix, and what files below it may import. The first row that fits counts. */
export const table: { from: RegExp; may: RegExp[]; libraries?: 'none' | 'zod' | 'any' }[] = [
  { from: /\.test\.tsx?$|^tests\/|^scripts\/|^bench\//, may: [/./], libraries: 'any' },
  { from: /^domain\/base\//, may: [/^domain\/base\//], libraries: 'none' },
  { from: /^domain\//, may: [/^domain\//], libraries: 'none' },
  { from: /^contract\//, may: [/^(domain|contract)\//], libraries: 'zod' },
  { from: /^server\/(kernel|db)\//, may: [/^(domain|contract)\//, /^server\/(kernel|db)\//], libraries: 'any' },
  {
    from: /^server\/portal\//,
    may: [/^(domain|contract)\//, /^server\/(portal|kernel|db)\//, /^portal-assets\//],
    libraries: 'any',
  },
  {
    from: inRoom('queries'),
    may: [/^(domain|contract)\//, /^server\/(kernel|db)\//, inRoom('queries')],
    libraries: 'any',
  },
  {
    from: inRoom('writes'),
    may: [/^(domain|contract)\//, /^server\/(kernel|db)\//, inRoom('queries|writes')],
    libraries: 'any',
  },
  {
    from: inRoom('views'),
    may: [/^(domain|contract)\//, /^server\/(kernel|db|portal)\//, inRoom('queries|views')],
    libraries: 'any',
  },
  {
    from: inRoom('actions|routes|pages|documents'),
    may: [
      /^(domain|contract)\//,
      /^server\/(kernel|db|portal)\//,
      inRoom('queries|writes|views|actions|documents|pages'),
    ],
    libraries: 'any',
  },
  { from: /^server\/records\/invariants\.ts$/, may: [/^(domain|contract|server)\//], libraries: 'any' },
  // Only where the process is put together do server and ballot box meet.
  { from: /^server\/[^/]+\.(?:ts|mjs)$/, may: [/^(domain|contract|server|ballot|demo)\//], libraries: 'any' },
  { from: /^demo\//, may: [/^(domain|contract|server|demo)\//], libraries: 'any' },
  {
    from: /^ballot\//,
    may: [/^ballot\//, /^contract\/survey\/ballotBox\.ts$/, /^domain\/(base|survey)\//],
    libraries: 'any',
  },
  { from: /^console\//, may: [/^(console|domain|contract|portal-assets)\//], libraries: 'any' },
  { from: /^portal-assets\//, may: [/^portal-assets\//], libraries: 'none' },
]

export const vocabulary = new RegExp(
  `^server/${room}/(?:[^/]+/)?(?:(?:queries|writes|actions|views|routes|pages|documents|invariants)\\.ts|[\\w-]+\\.test\\.ts)$`,
)

/** Which subject writes which table; everybody may read. */
export const owners: Record<string, string[]> = {
  'identity/access': ['person', 'account', 'roleGrant', 'session', 'signInFailure', 'knownDevice'],
  'identity/activation': ['activation'],
  'schools/setup': ['setting'],
  'identity/recusal': ['recusal'],
  'identity/accountRequest': ['accountRequest'],
  'schools/organization': ['organization', 'school'],
  'schools/division': ['department', 'zone', 'schoolGroup'],
  'schools/contact': ['contact'],
  'year/cycle': ['cycle', 'standard', 'calendarYear'],
  'records/file': ['file', 'evidence'],
  'brand/brand': ['brand', 'brandCategory', 'brandVersion'],
  'brand/argumentation': ['argumentation', 'argumentationVersion'],
  'plan/plan': ['plan'],
  'plan/part': ['task', 'budgetLine', 'promise', 'promiseOutcome'],
  'plan/comment': ['comment', 'commentAnswer'],
  'ledger/entry': ['entry', 'entryVersion'],
  'ledger/form': ['activityForm'],
  'supervision/visit': ['visit'],
  'supervision/inspection': ['inspection', 'inspectionSchool'],
  'supervision/finding': ['finding'],
  'supervision/rectification': ['rectification'],
  'showcase/event': ['event', 'eventSchool', 'eventChange'],
  'showcase/article': ['article', 'articleChange'],
  'application/summary': ['summary'],
  'application/application': ['application'],
  'application/precondition': ['breach'],
  'survey/survey': ['survey'],
  'survey/classes': ['surveyBatch'],
  'survey/roster': ['surveySchool', 'surveyClass'],
  'survey/result': ['surveyResult', 'surveyRemark'],
  'review/panel': ['panel', 'panelReviewer'],
  'review/sheet': ['scoreSheet'],
  'review/input': ['surveyRuling', 'adjustment', 'disagreementRuling'],
  'review/result': ['result'],
  'award/certificate': ['award', 'certificateVersion', 'certificateCounter'],
  'award/decision': ['decision'],
  'award/notice': ['notice'],
  'award/revocation': ['revocation'],
  'award/objection': ['objection', 'objectionStep', 'objectionReceipt'],
  'award/recommendation': ['recommendation'],
}
