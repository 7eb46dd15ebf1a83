/** What the children of a school are called: a kindergarten has no pupils. */
export const pupilsWord = (stage: string): '幼儿' | '学生' => (stage === '幼儿园' ? '幼儿' : '学生')

/** The stage of one school, or of several that are all of one kind. */
export function stageOfAll(schools: readonly { stage: string }[]): string {
  const stages = new Set(schools.map((one) => one.stage))
  return stages.size === 1 ? ([...stages][0] ?? '') : ''
}
