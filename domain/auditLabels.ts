import { roleLabels } from './actor.ts'
import { lifecycles } from './lifecycles/index.ts'

/** What an audit row is about. */
const subjects: Record<string, string> = {
  account: '账号',
  person: '人员',
  role: '岗位',
  signIn: '登录',
  session: '登录会话',
  setup: '初始化',
  setting: '设置',
  organization: '单位',
  school: '学校',
  schoolGroup: '教育集团',
  zone: '片区',
  department: '股室',
  contact: '联系点分工',
  calendarYear: '工作日历',
  calendar: '工作日历',
  standard: '评估标准',
  file: '文件',
  brand: '品牌',
  brandCategory: '品牌类别',
  argumentation: '论证记录',
  task: '任务',
  budgetLine: '经费',
  activityForm: '活动形式',
  visit: '走访',
  panel: '评审组',
  recusal: '回避',
  surveyRuling: '测评得分裁定',
  adjustment: '加减分',
  disagreementRuling: '分歧处理',
  certificate: '证书',
  breach: '资格前置情形',
  audit: '审计日志',
  activation: '激活单',
  schoolList: '学校名单',
  ...Object.fromEntries(lifecycles.map((life) => [life.name, life.label])),
}

const verbs: Record<string, string> = {
  added: '新增',
  created: '建立',
  made: '建立',
  saved: '保存',
  changed: '修改',
  updated: '修改',
  removed: '删除',
  adopted: '归入年度',
  uploaded: '上传',
  withheld: '撤下公开的图片',
  shownAgain: '恢复公开图片',
  downloaded: '下载',
  computed: '计算',
  reviewersSet: '调整成员',
  renamed: '改名',
  askExclusion: '提请剔除',
  keepCounted: '不予剔除',
  completionGranted: '给予补正期限',
  imported: '导入',
  exported: '导出',
  assigned: '指定',
  published: '发布',
  frozen: '冻结',
  thawed: '解冻',
  granted: '授予',
  revoked: '撤销',
  activated: '激活',
  activationIssued: '发放激活单',
  disabled: '停用',
  enabled: '恢复',
  unlocked: '解锁',
  passwordSet: '设置密码',
  passwordChanged: '修改密码',
  passwordExpired: '密码到期',
  merged: '兼任',
  slipsPrinted: '打印',
  drafted: '起草',
  spent: '登记支出',
  receive: '收到',
  received: '收到',
  selected: '选定',
  confirmed: '确认',
  retired: '停用',
  applied: '导入',
  progress: '报告进展',
  revise: '修订',
  save: '保存',
  start: '起草',
  edited: '修改',
  basisRecorded: '登记依据文件',
  graceGranted: '给予宽限',
  departmentSet: '确定联系股室',
  leadersSet: '确定分包领导',
  failed: '失败',
  succeeded: '成功',
  signedOut: '退出',
  ended: '结束',
  linkMade: '生成地址',
  done: '完成',
  verified: '核验',
  amended: '更正',
  amend: '更正',
  correct: '更正',
  lifted: '解除',
  recorded: '登记',
  repeated: '重复提交',
  drawn: '抽取班级',
  rosterSaved: '保存班级人数',
  rosterConfirmed: '确认班级人数',
  kitBegun: '开始打印纸条',
  kitPrinted: '打印纸条',
  paperEntered: '录入纸质问卷',
  kitBroken: '打印纸条没有完成',
  reminded: '提醒',
  askVoid: '申请作废一个班',
  confirmVoid: '确认作废一个班',
  dropVoid: '驳回作废申请',
  remarkJudged: '审看留言',
  erased: '清除演练',
  ruled: '裁定',
}

const details: Record<string, string> = {
  from: '原状态',
  to: '新状态',
  reason: '理由',
  because: '理由',
  why: '原因',
  source: '网络地址',
  loginName: '登录名',
  role: '岗位',
  organization: '单位',
  organizationId: '单位编号',
  departmentId: '股室编号',
  schoolId: '学校编号',
  personId: '人员编号',
  zoneId: '片区编号',
  bureauId: '教育局编号',
  name: '名称',
  title: '标题',
  level: '层级',
  year: '年度',
  version: '版本',
  digest: '内容摘要',
  sha256: '文件摘要',
  size: '大小（字节）',
  number: '编号',
  ended: '结束的登录数',
  locked: '锁定',
  people: '人数',
  rows: '条数',
  count: '数量',
  adminIsSecurity: '系统管理员兼任安全管理员',
  alsoAdmin: '同时担任系统管理员和安全管理员',
  sources: '解锁的网络地址数',
  seed: '抽签种子',
  fingerprint: '问卷指纹',
  rosterDigest: '名额指纹',
  schools: '学校数',
  classes: '班级数',
  teachers: '教师数',
  leftOut: '不参加的学校',
  cast: '答卷数',
  codes: '编码数',
  slips: '纸条数',
  audience: '答题人',
  grade: '年级',
  className: '班级',
  batchId: '班级编号',
  remarkId: '留言编号',
  outcome: '结果',
  logoFileId: '标识图片编号',
  before: '原内容',
  pictures: '公开的图片',
  kind: '类别',
}

const whys: Record<string, string> = {
  password: '密码不对',
  code: '激活码不对',
  disabled: '账号已停用',
  accountLocked: '账号在该地址已锁定',
  changed: '登录时账号刚被停用或改了密码',
  sourceLocked: '该地址已锁定',
  account: '账号',
}

/** An event as words; a part that has none yet is shown as it is written, never hidden. */
export function eventLabel(event: string): string {
  const [subject = '', action = ''] = event.split('.')
  const life = lifecycles.find((one) => one.name === subject)
  const actions: Record<string, string> = life?.actions ?? {}
  return `${subjects[subject] ?? subject}：${actions[action] ?? verbs[action] ?? action}`
}

export const subjectLabel = (subjectType: string): string => subjects[subjectType] ?? subjectType

/** The detail of a row as label and value; states, roles and yes/no in words. */
export function detailLabels(event: string, detail: Record<string, unknown>): { label: string; value: string }[] {
  const life = lifecycles.find((one) => one.name === event.split('.')[0])
  const states: Record<string, string> = life?.states ?? {}
  return Object.entries(detail)
    .filter(([, value]) => value !== null && value !== undefined && value !== '')
    .map(([key, value]) => ({ label: details[key] ?? key, value: valueLabel(key, value, states) }))
}

function valueLabel(key: string, value: unknown, states: Record<string, string>): string {
  if (typeof value === 'boolean') return value ? '是' : '否'
  if (typeof value !== 'string') return typeof value === 'number' ? String(value) : JSON.stringify(value)
  if (key === 'from' || key === 'to') return states[value] ?? value
  if (key === 'role') return (roleLabels as Record<string, string>)[value] ?? value
  if (key === 'why' || key === 'locked') return whys[value] ?? value
  return value
}
