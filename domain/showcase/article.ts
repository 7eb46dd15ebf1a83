import { type Actor, againstOffice, worksAt } from '#domain/base/actor.ts'
import { againstMoving, movesFrom } from '#domain/base/lifecycle.ts'
import { type ArticleAction, type ArticleState, articleLife } from '#domain/showcase/articleLife.ts'
import { againstBlank, type Refusal, refusal } from '#domain/base/refusal.ts'

export const adoptedLevels = ['区', '市', '省', '国家'] as const
export type AdoptedLevel = (typeof adoptedLevels)[number]

/** The bonus item of the standard that an adoption by each level suggests; the district's own is what every article aims at. */
export const bonusOfAdoption: Record<AdoptedLevel, string | null> = { 区: null, 市: 'P1', 省: 'P2', 国家: 'P3' }

export const articleKinds = ['experience', 'news', 'announcement', 'showcase'] as const
export type ArticleKind = (typeof articleKinds)[number]
export const articleKindLabels: Record<ArticleKind, string> = {
  experience: '经验报送',
  news: '工作动态',
  announcement: '通知公告',
  showcase: '成果展示',
}

export interface ArticleSubject {
  bureauId: string
  schoolId: string | null
  state: ArticleState
  title: string
  body: string
  adoptedLevel?: string | null
}

/** A school's draft is its own; the bureau reads an article from its sending on, other schools once it is published. */
export function againstReadingArticle(actor: Actor, article: ArticleSubject): Refusal[] {
  const own = article.schoolId !== null && worksAt(actor, article.schoolId)
  const office = againstOffice(actor, article).length === 0
  const sent = article.state !== 'draft'
  if (own || (office && (sent || article.schoolId === null))) return []
  const open = article.state === 'published' || article.state === 'withdrawn'
  return open && actor.bureauId === article.bureauId ? [] : [refusal('notFound')]
}

/** An article is written by the school that sends it, or by the office in its own name, until it is sent. */
export function againstWritingArticle(actor: Actor, article: ArticleSubject): Refusal[] {
  const hidden = againstReadingArticle(actor, article)
  if (hidden.length > 0) return hidden
  const author =
    article.schoolId === null ? againstOffice(actor, article).length === 0 : worksAt(actor, article.schoolId)
  const reasons = author ? [] : [refusal('roleMissing', '只有撰写单位可以修改。')]
  if (article.state !== 'draft' && article.state !== 'returned')
    reasons.push(refusal('notInThisState', '文章已经报送，不能再改；如需修改，请联系局党工委办退回。'))
  return reasons
}

/** What was never sent to anybody is its author's to throw away. */
export function againstDeletingArticle(actor: Actor, article: ArticleSubject): Refusal[] {
  const reasons = againstWritingArticle(actor, article)
  if (article.state === 'returned')
    reasons.push(refusal('notInThisState', '报送过的文章不能删除；不再报送，放着就可以。'))
  return reasons
}

export const higherLevels = (level: string | null): readonly AdoptedLevel[] =>
  adoptedLevels.slice(adoptedLevels.findIndex((one) => one === level) + 1)

/** An adoption rises from level to level; it never falls. */
export const againstRaising = (now: string | null, level: AdoptedLevel): Refusal[] =>
  higherLevels(now).includes(level)
    ? []
    : [refusal('invalid', `现在已经是${now ?? ''}级采用，只能登记更高的级别。`, { field: 'level' })]

export function againstMovingArticle(actor: Actor, article: ArticleSubject, action: ArticleAction): Refusal[] {
  const hidden = againstReadingArticle(actor, article)
  if (hidden.length > 0) return hidden
  if (action === 'submit') {
    const blank = againstBlank({
      title: { label: '标题', value: article.title },
      body: { label: '正文', value: article.body },
    })
    const author =
      article.schoolId !== null && !worksAt(actor, article.schoolId)
        ? [refusal('roleMissing', '须由本校书记或干事报送。')]
        : []
    return [...author, ...againstMoving(articleLife, article.state, action), ...blank]
  }
  // What the office writes itself goes through the same states in one step.
  if (action === 'publish' && article.schoolId === null && article.state === 'draft')
    return [...againstOffice(actor, article), ...againstBlank({ body: { label: '正文', value: article.body } })]
  const top =
    action === 'raise' && higherLevels(article.adoptedLevel ?? null).length === 0
      ? [refusal('notInThisState', '已经是最高级别的采用。')]
      : []
  return [...againstOffice(actor, article), ...againstMoving(articleLife, article.state, action), ...top]
}

/** What the table allows from here; what the office writes itself is published in one step. */
export const articleMovesFrom = (article: Pick<ArticleSubject, 'schoolId' | 'state'>): ArticleAction[] =>
  article.schoolId === null && article.state === 'draft' ? ['publish'] : movesFrom(articleLife, article.state)

/** Schools report experiences; the bureau's own words are for the office. */
export const againstArticleKind = (office: boolean, kind: ArticleKind): Refusal[] =>
  office || kind === 'experience' ? [] : [refusal('roleMissing', '学校报送经验；动态、公告和展示由局党工委办撰写。')]

/** What the office publishes may carry files, which the public page offers; a school's experience is text. */
export const againstAttaching = (article: { schoolId: string | null }, files: number): Refusal[] =>
  article.schoolId !== null && files > 0
    ? [refusal('invalid', '报送的经验只有文字；材料请放进台账。', { field: 'fileIds' })]
    : []
