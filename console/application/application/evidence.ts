/** The parts of a dossier, as `DossierView` names them, and the words of a standard that send a reviewer there. */
const words = {
  plan: /创建方案|方案相关章节|任务表|预算科目|支出说明/,
  argued: /会议记录|论证/,
  year: /承诺清单|承诺状态|整改记录|意见答复记录/,
  entries: /台账|岗位名单|帮扶对象|课堂|课程|项目|校史|场馆|接待观摩|链接/,
  brand: /标识及释义|标识/,
  summary: /前后对比事实/,
} as const

export type DossierPart = keyof typeof words

/** The evidence of an indicator in pieces: what leads into the dossier, and what does not. */
export function piecesOf(evidence: string): { text: string; part?: DossierPart }[] {
  const every = new RegExp(
    `(${Object.values(words)
      .map((one) => one.source)
      .join('|')})`,
  )
  return evidence
    .split(every)
    .filter((text) => text !== '')
    .map((text) => {
      const part = (Object.keys(words) as DossierPart[]).find((one) => words[one].test(text))
      return part && every.exec(text)?.[0] === text ? { text, part } : { text }
    })
}

export const partId = (part: DossierPart): string => `dossier-${part}`

/** Opens a part of the dossier and brings it into sight. */
export function openPart(part: DossierPart): void {
  const found = document.getElementById(partId(part))
  if (!(found instanceof HTMLDetailsElement)) return
  found.open = true
  found.scrollIntoView({ block: 'start' })
  found.querySelector('summary')?.focus({ preventScroll: true })
}
