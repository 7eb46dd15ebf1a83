import type { OutcomeKind } from '#domain/year/cycle.ts'
import { quoted } from '#domain/base/text.ts'

/** What a year calls its outcome, and which of its papers exist at all (rule 2). */
export interface OutcomeWords {
  /** Whether schools are placed and graded: a year of showing results has neither places nor grades nor certificates. */
  graded: boolean
  /** Title of the page on which the office runs it. */
  title: string
  /** Of the schools that the meeting chose: 拟授予, 拟展示. */
  proposed: string
  /** The act that follows the notice, and what it makes: 授予, 已授予. */
  give: string
  given: string
  /** The day and the document of that act. */
  givenOn: string
  documentNumber: string
  /** The paper that a school gets, or none. */
  certificate: string | null
  /** The two lines of the certificate around its title. */
  certificateVerb: string
  certificateClose: string
  revoke: string
}

const words: Record<OutcomeKind, OutcomeWords> = {
  award: {
    graded: true,
    title: '命名表彰',
    proposed: '拟授予',
    give: '授予',
    given: '已授予',
    givenOn: '授予日期',
    documentNumber: '发文字号',
    certificate: '荣誉证书',
    certificateVerb: '荣获',
    certificateClose: '特发此证，以资鼓励。',
    revoke: '撤销命名',
  },
  recognition: {
    graded: true,
    title: '认定',
    proposed: '拟认定',
    give: '认定',
    given: '已认定',
    givenOn: '认定日期',
    documentNumber: '发文字号',
    certificate: '认定证书',
    certificateVerb: '经认定为',
    certificateClose: '特发此证。',
    revoke: '撤销认定',
  },
  commendation: {
    graded: true,
    title: '通报表扬',
    proposed: '拟通报表扬',
    give: '通报表扬',
    given: '已通报表扬',
    givenOn: '通报日期',
    documentNumber: '通报文号',
    certificate: '通报表扬证书',
    certificateVerb: '受到通报表扬：',
    certificateClose: '特此证明。',
    revoke: '撤销通报表扬',
  },
  showcase: {
    graded: false,
    title: '成果展示',
    proposed: '拟展示',
    give: '公布展示名单',
    given: '已列入展示',
    givenOn: '公布日期',
    documentNumber: '公布文号',
    certificate: null,
    certificateVerb: '',
    certificateClose: '',
    revoke: '撤出展示',
  },
}

export const outcomeWords = (kind: OutcomeKind): OutcomeWords => words[kind]

/** The heading of a notice, in the words of its year. */
export function noticeTitle(kind: OutcomeKind, awardTitle: string): string {
  const title = quoted(awardTitle)
  return {
    award: `关于拟授予${title}学校名单的公示`,
    recognition: `关于拟认定${title}学校名单的公示`,
    commendation: `关于${title}拟通报表扬学校名单的公示`,
    showcase: '关于拟展示党建文化品牌创建成果学校名单的公示',
  }[kind]
}

export interface NoticeFacts {
  kind: OutcomeKind
  awardTitle: string
  count: number
  bureauName: string
  basisTitle: string | null
  basisNumber: string | null
  contact: { name: string; phone: string; address: string } | undefined
}

/** Stands where the office still has to write something; a notice with one in it is not posted. */
export const TO_FILL = '（请填写）'

/** The text that the office starts from: basis, what is proposed, how to object, whom to reach, who publishes. */
export function noticeText(facts: NoticeFacts): string {
  const title = quoted(facts.awardTitle)
  const document = facts.basisTitle?.trim().replace(/^《|》$/g, '')
  const number = facts.basisNumber?.trim()
  const basis = `根据${document ? `《${document}》` : `《${TO_FILL}》`}${number ? `（${number}）` : ''}，`
  const how =
    facts.kind === 'showcase'
      ? '经学校申报、资格审核、专家评议和会议审定，'
      : '经学校申报、资格审核、专家评审、群众测评和会议审定，'
  const what = {
    award: `拟授予下列 ${facts.count} 所学校${title}。`,
    recognition: `拟认定下列 ${facts.count} 所学校为${title}。`,
    commendation: `拟对下列 ${facts.count} 所学校予以通报表扬（${facts.awardTitle}）。`,
    showcase: `拟展示下列 ${facts.count} 所学校的党建文化品牌创建成果。展示不评等次、不设奖项。`,
  }[facts.kind]
  const { name = TO_FILL, phone = TO_FILL, address = TO_FILL } = facts.contact ?? {}
  return [
    `${basis}${how}${what}现予公示，接受监督。名单按学段排列，不分先后。`,
    '公示期间，单位和个人可以在本页提出异议，也可以来电、来信、来访。请写明事实和依据：实名的，请留下姓名和电话；匿名的，请写清能够查证的线索。我们为提出人保密，并在核查后答复。',
    `联系人：${name}`,
    `联系电话：${phone}`,
    `通信地址：${address}`,
    `公示单位：${facts.bureauName}`,
  ].join('\n')
}

/** Whom the bureau's last notice named, for the next one to begin with. */
export function contactIn(text: string): NoticeFacts['contact'] {
  const line = (label: string) => new RegExp(`^${label}：(.+)$`, 'm').exec(text)?.[1]?.trim() ?? ''
  const found = { name: line('联系人'), phone: line('联系电话'), address: line('通信地址') }
  return Object.values(found).some((one) => one === '' || one.includes(TO_FILL)) ? undefined : found
}

/** The heading of the paper by which the outcome is made known, in the words of its year. */
export function outcomeTitle(kind: OutcomeKind, awardTitle: string): string {
  const title = quoted(awardTitle)
  return {
    award: `关于授予${title}的决定`,
    recognition: `关于认定${title}的决定`,
    commendation: `关于${title}的通报`,
    showcase: '关于公布党建文化品牌创建成果展示学校名单的通知',
  }[kind]
}

export interface OutcomeFacts {
  kind: OutcomeKind
  awardTitle: string
  bureauName: string
  documentNumber: string
  /** The day of the decision as it is written: 2026年12月1日. */
  day: string
  stages: readonly { stage: string; schools: readonly { schoolName: string; brandName: string }[] }[]
}

/** The text that the office starts from when it makes the outcome known; names go by stage, never by place (rule 11). */
export function outcomeText({ kind, awardTitle, bureauName, documentNumber, day, stages }: OutcomeFacts): string {
  const title = quoted(awardTitle)
  const count = stages.reduce((sum, one) => sum + one.schools.length, 0)
  const what = {
    award: `决定授予下列 ${count} 所学校${title}。`,
    recognition: `决定认定下列 ${count} 所学校为${title}。`,
    commendation: `决定对下列 ${count} 所学校予以通报表扬（${awardTitle}）。`,
    showcase: `现公布展示党建文化品牌创建成果的 ${count} 所学校。展示不评等次、不设奖项。`,
  }[kind]
  const names = stages.map(
    ({ stage, schools }) =>
      `${stage}：${schools.map((one) => (one.brandName ? `${one.schoolName}（${one.brandName}）` : one.schoolName)).join('、')}`,
  )
  return [
    documentNumber,
    `经学校申报、评审、审定和公示，${what}名单按学段排列，不分先后。`,
    ...names,
    `${bureauName}\n${day}`,
  ].join('\n\n')
}
