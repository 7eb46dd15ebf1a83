/** The four “化” of G2: every task of a plan and every ledger entry belongs to one of these. */
export const pillarLabels = { policy: '制度', activity: '活动', place: '阵地', media: '媒介' } as const

export type Pillar = keyof typeof pillarLabels
export const pillars = Object.keys(pillarLabels) as Pillar[]
