/**
 * Moves after which no other move leads back to where the document stood, each with what takes the place of a way back. A test walks all
 * lifecycles: a new move either can be undone or is named here, so that nobody adds a dead end without having thought of the way out.
 * What ends a document says so in its words, and the button that does it shows them before it is confirmed.
 */
export const noWayBack = {
  cycle: { open: '开启后设置锁定；结束过早的可以写明理由重新开启。' },
  plan: {
    accept: '审核通过后有误的，局党工委办写明理由更正，方案回到起草。',
    publish: '公布的版本留存；有变化由学校修订出新版本。',
  },
  comment: { withdraw: '撤回后不再公开，也不能恢复；可以再留一条。' },
  entry: { file: '归档后写明理由更正或作废，原版本留存。' },
  inspection: { start: '启动后受检学校不再改；结束过早的可以重新进行。' },
  finding: {
    send: '送达后写明理由撤回，学校会看到。',
    reply: '学校的回复长期留存，不能收回。',
    issue: '出具以后写明理由撤回。',
    order: '下达以后不能取消；下达错了，撤回整改通知。',
    withdraw: '撤回以后不能恢复，原文留存；需要时重新记录。',
  },
  rectification: {
    withdraw: '撤回以后不能恢复，通知留存；需要时重新记录问题并下达。',
    pass: '销号以后不能再退回；再发现问题，重新记录并下达。',
  },
  event: {
    publish: '发布后可以写明理由更改安排。',
    hold: '登记的成果可以写明理由更正。',
    cancel: '取消以后不能恢复；可以照此再办一次。',
  },
  article: {
    submit: '报送后由局党工委办退回修改。',
    adopt: '采用的级别记入学校成绩，以后可以提高，不能降低。',
    publish: '发布后可以写明理由更正或撤下，门户上注明。',
    withdraw: '撤下以后不能恢复，门户上保留标题和理由；需要时重新起草。',
  },
  application: {
    rank: '评审有误的，更正评审结果。',
    award: '审定有误的更正审定，公布以后撤销。',
    notAward: '公布以后名单不能直接改；审定有误的，可以更正审定。',
  },
  scoreSheet: {
    exclude: '剔除以后不再计入，不能恢复；分数和理由留存备查。',
  },
  result: { moderate: '有误的重新计算，新结果指向原结果。', seal: '有误的重新计算，新结果指向原结果。' },
  survey: {
    freeze: '题目冻结后照原样问完。',
    issue: '编码制发后不能收回。',
    open: '开始答题后只能截止。',
    close: '截止后不再收票。',
    tally: '计票结果留存。',
    publish: '公布以后不能撤回，也不能改。',
    void: '以后找到密钥也不能恢复，不能再计票；另办一次。',
  },
  notice: {
    post: '公示有误的，更正审定并另发公示，原公示留存。',
    end: '公示期满后有误的，更正审定。',
    drop: '作废的草稿不能恢复；可以重新起草，或者先更正审定。',
    supersede: '被替代的公示不能恢复，留存可查。',
  },
  objection: {
    admit: '受理以后核查有结论再答复。',
    dismiss: '不予受理的可以改为受理。',
    assign: '核查人可以写明理由改派。',
    reply: '答复可以更正，原答复留存。',
  },
  award: {
    decide: '审定有误的，写明理由更正审定。',
    publicise: '公示后有误的，更正审定。',
    confer: '公布后有误的由两人撤销。',
    revoke: '撤销有误的由两人更正，恢复为已公布。',
    supersede: '更正以后原来的审定不能恢复，由新的审定代替；原来的留存可查。',
  },
  recommendation: {
    package: '材料有变的撤回推荐，重新遴选。',
    receive: '登记有误的撤回推荐。',
    withdraw: '撤回推荐以后不能恢复；可以重新遴选。',
  },
  accountRequest: {
    release: '放行后申请人仍可撤回。',
    refuse: '不同意以后不能改回；需要时由申请人重新申请。',
    use: '办理以后不能撤回；有误的另行申请。',
    withdraw: '撤回以后不能恢复；需要时重新申请。',
  },
} as const satisfies Record<string, Record<string, string>>
