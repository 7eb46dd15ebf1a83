/** Every reason to say no. A code stands for one HTTP status and one Chinese sentence that says what to do. */
const reasons = {
  notSignedIn: [401, '请先登录。'],
  roleMissing: [403, '您的岗位不能做这件事，请联系本单位管理员核对岗位。'],
  crossSite: [403, '请求来自其他网站，已拒绝。请从本系统的页面操作。'],
  resetUnconfirmed: [403, '您的密码刚按激活单重设过，请先确认是您本人办的。'],
  twoPeople: [403, '这件事须由一人申请、另一人放行。'],
  passwordMustChange: [403, '首次登录请先修改密码。'],
  notFound: [404, '没有找到，可能已被删除或不在您的范围内。'],
  stateChanged: [409, '刚才已有人处理过，请刷新页面查看最新状态。'],
  unseen: [409, '内容刚才有改动，请看过最新内容再继续。'],
  notInThisState: [409, '当前状态不能这样做。'],
  sentBefore: [
    409,
    '刚才那一次其实已经存好了，只是回信没有收到；现在写的和那一次不一样，没有再存。请先到列表里看看，要改的在那一条上改；确实要另存一份，再按一次。',
  ],
  alreadyExists: [409, '已经存在，不能重复建立。'],
  sealBroken: [409, '内容与封存时的摘要不符，已停止办理，请系统管理员核对数据。'],
  cycleClosed: [409, '本年度已经结束，不能再修改。'],
  cycleLocked: [409, '年度已开启，这些设置已锁定。'],
  tooLarge: [413, '内容太大，请压缩后再试。'],
  wrongType: [415, '文件或内容的类型不对，请按提示的类型提交。'],
  invalid: [422, '有内容需要修改，请按提示改好后再提交。'],
  incomplete: [422, '内容还不完整，请补齐后再提交。'],
  reasonMissing: [422, '请写明理由。'],
  notEligible: [422, '还有条件没有达到，请按列出的事项逐条补齐。'],
  windowClosed: [409, '不在规定的时间内，以服务器时间为准。'],
  sameDoer: [403, '做的人不能自己核验，请由另一人核验。'],
  conflictOfInterest: [403, '按回避规定，您不能评审这所学校。'],
  tooManyTries: [429, '尝试次数过多，请稍后再试。'],
  noRoom: [507, '服务器的磁盘快满了，暂时不能上传文件，其他内容可以照常保存。请告诉系统管理员，腾出空间后再传。'],
  fileLost: [500, '这个文件在服务器上不见了或已损坏，不能下载。请把文件名告诉系统管理员，从备份里找回。'],
  busy: [503, '系统正忙，请稍后再试一次。'],
  signInFailed: [401, '登录名或密码不对，请重新输入。'],
  locked: [423, '连续输错多次，请 30 分钟后再试，或联系管理员。'],
  withdrawn: [410, '这张图片已经撤下，不再公开。'],
  linkSpent: [410, '链接已经使用过或已过期，请联系管理员重新发放。'],
  tooWeak: [422, '密码不符合要求。'],
} as const satisfies Record<string, readonly [number, string]>

export type RefusalCode = keyof typeof reasons

/** One reason; `field` names the input it belongs to, `href` the place where it can be mended. */
export interface Refusal {
  code: RefusalCode
  message: string
  field?: string
  href?: string
}

export function refusal(code: RefusalCode, message?: string, where: { field?: string; href?: string } = {}): Refusal {
  return { code, message: message ?? reasons[code][1], ...where }
}

export const statusOf = (code: RefusalCode): number => reasons[code][0]
export const sentenceOf = (code: RefusalCode): string => reasons[code][1]

/** Reasons to refuse an empty text; the caller lists the fields once and every gap is reported at the same time. */
export function againstBlank(fields: Record<string, { label: string; value: string | null | undefined }>): Refusal[] {
  return Object.entries(fields)
    .filter(([, { value }]) => (value ?? '').trim() === '')
    .map(([field, { label }]) => refusal('incomplete', `请填写“${label}”。`, { field }))
}

/**
 * Reason to refuse an act on something that changed since it stood on the person's screen: nobody signs, accepts or
 * overwrites what they have not seen. `seen` is the stamp (or digest) that was shown, `now` the one that stands.
 */
export function againstUnseen(seen: string | null | undefined, now: string, act: string, what = '内容'): Refusal[] {
  return seen === now ? [] : [refusal('unseen', `${what}刚才有改动，请看过最新内容再${act}。`)]
}
