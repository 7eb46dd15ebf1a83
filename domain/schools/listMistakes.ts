/** Every kind of mistake that the reader names: nothing is written until it is mended. */
export const mistakeKinds = {
  emptyFile: '文件是空的',
  noHeader: '没有找到表头',
  noRows: '只有表头，没有学校',
  columnMissing: '缺少必需的列',
  columnTwice: '同一列出现两次',
  tooManyCells: '这一行的内容超出了表头',
  nameMissing: '学校名称为空',
  nameTooLong: '学校名称过长',
  nameTwice: '学校名称重复',
  stageUnknown: '学段不在可选范围',
  ownershipUnknown: '办学性质不在可选范围',
  zoneMissing: '片区为空',
  zoneTooLong: '片区名称过长',
  codeWrong: '学校标识码不是 10 位数字',
  codeTwice: '学校标识码重复',
  partyKindUnknown: '党组织类型不在可选范围',
  secretaryWrong: '书记姓名不像姓名',
  numberMissing: '人数为空',
  numberWrong: '人数不是数字',
  numberNegative: '人数为负',
  numberDecimal: '人数带小数',
  numberTooLarge: '人数过大',
  phoneWrong: '电话不像电话',
  formulaText: '像公式的内容',
  formulaError: '公式出错',
  controlCharacter: '含有看不见的字符',
} as const

/** What may well be true and still deserves a look: a person says so, row by row. */
export const doubtKinds = {
  hiddenRow: '文件里隐藏的行',
  codeAgainstStage: '标识码首位与学段不符',
  secretaryVacant: '书记空缺',
  noBranch: '没有单独的党组织',
  membersOverStaff: '党员多于教职工',
  staffZero: '教职工为 0',
  studentsZero: '学生为 0',
} as const

export type MistakeKind = keyof typeof mistakeKinds
export type DoubtKind = keyof typeof doubtKinds | 'nearSchool' | 'nearZone' | 'codeAgainstName'

export interface ListMistake {
  sheet: string
  /** Row as a spreadsheet counts it; 0 speaks of the sheet. */
  row: number
  /** As the row names it; empty where it names none. */
  school: string
  column: string
  kind: MistakeKind
  message: string
}

export interface ListDoubt {
  sheet: string
  row: number
  school: string
  column: string
  kind: DoubtKind
  message: string
}
