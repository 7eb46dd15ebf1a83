import { keysOf } from '#domain/base/record.ts'

/** The columns of a school list, each with the titles that bureaus give it; the first is the template's. */
export const listColumns = {
  name: [
    '学校名称',
    '学校',
    '单位名称',
    '名称',
    '单位',
    '学校全称',
    '校名',
    '学校（幼儿园）名称',
    '幼儿园名称',
    '园所名称',
  ],
  stage: ['学段', '办学类型', '学校类型', '类型', '学校类别', '办学层次'],
  ownership: ['办学性质', '性质', '公办民办', '举办者', '举办者性质', '办别', '办学主体', '公办/民办', '公民办'],
  zone: ['片区', '所属片区', '分包片区', '责任片区', '联系片区'],
  code: ['学校标识码', '标识码', '学校代码', '学校编码', '单位代码', '机构代码'],
  partyKind: ['党组织类型', '党组织', '党组织形式', '党组织设置', '党组织类别'],
  secretary: ['党组织书记', '书记', '书记姓名', '党组织书记姓名', '党支部书记', '支部书记', '党组织负责人'],
  members: ['党员人数', '党员数', '党员', '党员总数', '在册党员数'],
  staff: ['教职工人数', '教职工数', '教师人数', '教职工', '教职工总数', '教师数', '教工人数'],
  students: [
    '学生人数',
    '学生数',
    '幼儿人数',
    '在校生数',
    '学生',
    '在校学生数',
    '在校生',
    '在园幼儿数',
    '幼儿数',
    '学生总数',
    '学生（幼儿）人数',
  ],
  clerk: ['党务干事', '党务干事姓名', '党务工作者', '党务联络员', '联络员'],
  phone: ['联系电话', '办公电话', '学校电话', '电话'],
  // Not 序号, which only counts the lines of one file.
  order: ['排序号', '排序', '显示顺序', '排列顺序'],
} as const

export type ListColumn = keyof typeof listColumns

/** A list may leave these out. */
export const optionalColumns: readonly ListColumn[] = ['clerk', 'phone', 'order']
export const columnKeys = keysOf(listColumns)
export const titleOf = (column: ListColumn): string => listColumns[column][0]

export const stages = ['幼儿园', '小学', '初中', '高中', '九年一贯制', '完全中学', '特殊教育', '中职'] as const
export const ownerships = ['公办', '民办'] as const
/** 未建: no organization of its own yet; the bureau has sent an instructor, who answers in the secretary's place. */
export const partyKinds = ['党委', '党总支', '党支部', '联合党支部', '临时党支部', '未建'] as const

const stageWords: Record<string, readonly string[]> = {
  幼儿园: ['幼儿', '学前', '学前教育', '独立幼儿园', '附设幼儿园'],
  小学: ['完全小学', '完小', '教学点', '小学教学点', '普通小学'],
  初中: ['初级中学', '普通初中'],
  高中: ['高级中学', '普通高中'],
  九年一贯制: ['九年一贯制学校', '九年一贯', '九年制', '九年制学校'],
  完全中学: ['完中', '完全中学校'],
  特殊教育: ['特教', '特殊教育学校', '特校'],
  中职: ['职业高中', '职高', '中专', '中等职业学校', '职业中专', '职业学校'],
}
const ownershipWords: Record<string, readonly string[]> = {
  公办: ['公立', '公', '教育部门', '教育部门办', '教育部门办学', '地方公办', '国有', '公办学校', '其他部门', '集体办'],
  民办: [
    '私立',
    '民',
    '普惠性民办',
    '普惠民办',
    '社会力量办学',
    '民办学校',
    '非普惠民办',
    '营利性民办',
    '非营利性民办',
  ],
}
const partyWords: Record<string, readonly string[]> = {
  党委: ['党委会', '学校党委', '基层党委'],
  党总支: ['总支', '总支部', '党总支部'],
  党支部: ['支部', '党支部委员会', '独立党支部', '独立支部', '单独组建'],
  联合党支部: ['联合支部', '联合组建'],
  临时党支部: ['临时支部', '临时党组织'],
  未建: [
    '',
    '无',
    '未建立',
    '未成立',
    '未组建',
    '暂无',
    '没有',
    '无党组织',
    '指导员',
    '党建指导员',
    '选派指导员',
    '派指导员',
    '未建（派指导员）',
  ],
}

const reading = (known: readonly string[], words: Record<string, readonly string[]>) => {
  const byWord = new Map(known.flatMap((one) => [one, ...(words[one] ?? [])].map((word) => [word, one] as const)))
  return (text: string): string | undefined => byWord.get(text.replace(/\s/g, ''))
}

/** What a cell means, by the words that bureaus use; nothing when it is none of them. */
export const stageOf = reading(stages, stageWords)
export const ownershipOf = reading(ownerships, ownershipWords)
export const partyKindOf = reading(partyKinds, partyWords)

/** Words for “there is nobody”: a vacancy is a fact, not a name. */
export const isVacant = (text: string): boolean =>
  ['', '空缺', '书记空缺', '待定', '暂缺', '暂无', '无', '缺', '/', '—', '-', '未配备'].includes(
    text.replace(/\s/g, ''),
  )

/** One number or several, with the brackets, dashes and 转 that people write. */
export const PHONE = /^[\d+()（）\-—－\s转/、]{5,40}$/
