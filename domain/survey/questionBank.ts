import type { Audience, Question, Questionnaire } from '#domain/survey/survey.ts'

/**
 * The questions that may be asked, by audience, after field practice §2.6. A changed wording gets a new version of the bank; the
 * `optional` ones are offered and not asked unless the office takes them.
 */
export const BANK_VERSION = '2026-1'

export interface BankQuestion extends Question {
  optional?: boolean
}

export const questionBank: Record<Audience, readonly BankQuestion[]> = {
  teacher: [
    { id: 't1', text: '我了解学校正在建设的党建文化品牌。' },
    { id: 't2', text: '学校的创建方案公开征求过大家的意见。' },
    { id: 't3', text: '学校在方案里作出的承诺做到了。' },
    { id: 't4', text: '党员教师在工作中起到了带头作用。' },
    { id: 't5', text: '品牌建设的活动有实效，不走形式。' },
    { id: 't6', text: '品牌建设没有给我增加过多的填表、留痕负担。', unscored: true },
    { id: 't7', text: '学校的风气和精神面貌有好的变化。' },
    { id: 't8', text: '总的来说，我对学校的党建文化品牌建设满意。', overall: true },
    { id: 't9', text: '遇到困难时，学校党组织能帮助解决。', optional: true },
    { id: 't10', text: '学校会认真答复大家提的意见。', optional: true },
  ],
  parent: [
    { id: 'p1', text: '我了解学校（幼儿园）的党建文化品牌。' },
    { id: 'p2', text: '孩子从学校的这些活动中有收获。' },
    { id: 'p3', text: '党员教师关心孩子、作风正派。' },
    { id: 'p4', text: '学校会答复家长提出的意见。' },
    { id: 'p5', text: '这些活动没有给家庭增加负担。' },
    { id: 'p6', text: '总的来说，我对学校的党建文化品牌建设满意。', overall: true },
    { id: 'p7', text: '我能从公开渠道看到学校的承诺和进展。', optional: true },
  ],
  pupil: [
    { id: 's1', text: '我知道学校的特色活动，也愿意参加。' },
    { id: 's2', text: '参加这些活动，我学到了东西。' },
    { id: 's3', text: '老师对我们公平、和气。' },
    { id: 's4', text: '我有话想说的时候，老师愿意听。' },
    { id: 's5', text: '总的来说，我喜欢我的学校。', overall: true },
    { id: 's6', text: '学校的墙报、广播、展览，我看得懂、喜欢看。', optional: true },
  ],
}

/** The questionnaire of the chosen questions, in the bank's order; without a choice, all that are not optional. */
export function questionnaireOf(audience: Audience, chosen?: readonly string[]): Questionnaire {
  const questions = questionBank[audience]
    .filter((one) => (chosen ? chosen.includes(one.id) : !one.optional))
    .map(({ optional: _optional, ...question }) => question)
  return { audience, version: BANK_VERSION, questions }
}
