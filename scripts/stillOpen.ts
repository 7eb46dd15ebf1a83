/**
 * What the rules of the house do not hold yet, by name. The lists only grow shorter: a test names an entry that has become
 * needless.
 */

/** Exported type names that are declared more than once: mostly a page's own name for what it is sent. */
export const stillTwice: readonly string[] = [
  'Arrival',
  'BatchProgress',
  'BrandFilter',
  'BrandView',
  'Choice',
  'Choices',
  'Difference',
  'Judged',
  'ListColumn',
  'ObjectionWords',
  'PanelScope',
  'PaperOutcome',
  'Place',
  'Refusal',
  'ReviewedApplication',
  'Roster',
  'SchoolFacts',
  'SchoolResult',
  'Sheet',
  'StoredFile',
  'Survey',
  'SurveyTotals',
  'Wrong',
]
