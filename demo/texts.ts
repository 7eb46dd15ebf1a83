import sharp from 'sharp'
import type { Pillar } from '#domain/base/pillar.ts'

export interface DemoBrand {
  name: string
  resource: string
  category: string
  motif: string
  slogan: string
}

// biome-ignore format: one brand per line, in the order of the demonstration's school list
const brands: readonly (readonly [string, string, string, string, string])[] = [
  ['渠水润苗', '红旗渠精神展馆', '特色活动类', '自力更生、团结育人', '一渠清水润童心'],
  ['红渠先锋岗', '红旗渠精神展馆', '党员示范岗位类', '岗位在前、本领在先', '岗位亮起来，党员站出来'],
  ['渠魂砺志', '红旗渠精神展馆', '教育教学类', '艰苦奋斗、立志成才', '以渠为镜，砺志前行'],
  ['童心小水滴', '社区文化广场', '爱心帮扶类', '点滴有爱、润物无声', '小水滴，大温暖'],
  ['摇篮星火', '社区老党员工作室', '平台阵地类', '星火相传、向善向美', '摇篮里的星星之火'],
  ['九年同渠', '红旗渠精神展馆', '综合类', '一贯培养、同向同行', '九年一渠水，育人一条心'],
  ['灯塔领读', '区图书馆灯塔分馆', '教育教学类', '以读明理、以书育德', '点一盏灯，读一本书'],
  ['擎灯人', '灯塔路老街', '党员示范岗位类', '擎灯照路、以身示范', '做学生前行的擎灯人'],
  ['小灯盏', '灯塔路老街', '特色活动类', '微光成炬、快乐成长', '每个孩子都是一盏灯'],
  ['灯火里的家', '社区家长学校', '爱心帮扶类', '家园同心、暖灯相伴', '一盏灯，一个家'],
  ['红色门牌', '解放路街区', '平台阵地类', '门牌有故事、身边有榜样', '推门见红，抬头见史'],
  ['解放路上的课', '解放路街区', '教育教学类', '行走的课堂、身边的党史', '把课堂搬到街上'],
  ['铁肩计划', '解放路街区', '创先争优类', '担当在肩、争先在行', '铁肩担责任，实干育新人'],
  ['小脚丫跟党走', '解放路街区', '特色活动类', '幼有所育、红色启蒙', '小脚丫，大方向'],
  ['金种子', '社区微菜园', '综合类', '播种信念、静待花开', '种下一颗金种子'],
  ['豆香夜话', '豆腐营传统手艺', '爱心帮扶类', '磨炼成器、温暖相伴', '一盏豆香，一席夜话'],
  ['石磨精神', '豆腐营传统手艺', '创先争优类', '精磨细作、久久为功', '把平凡的事磨出光'],
  ['小磨坊', '豆腐营传统手艺', '特色活动类', '劳动启智、动手明德', '小磨坊里学做人'],
  ['豆苗岗', '豆腐营传统手艺', '党员示范岗位类', '岗位育苗、党员先行', '我是党员，我护豆苗'],
  ['匠心育英', '豆腐营传统手艺', '教育教学类', '匠心立德、精益育人', '一颗匠心，育一方英才'],
  ['洹水童声', '洹河湿地公园', '特色活动类', '唱响红色、亲近自然', '童声伴洹水，红歌伴成长'],
  ['字里中国', '中国文字博物馆', '教育教学类', '识字明理、以文化人', '一笔一画写中国'],
  ['洹畔红帆', '洹河湿地公园', '综合类', '红帆引航、破浪育才', '洹畔扬帆，育人为先'],
  ['小河长', '洹河湿地公园', '平台阵地类', '护一河清水、养一身正气', '我是洹河小河长'],
  ['河灯微课', '洹河湿地公园', '爱心帮扶类', '微课传情、河灯寄愿', '一盏河灯，一份牵挂'],
  ['红色航线', '航空运动基地', '特色活动类', '立志蓝天、心向祖国', '从这里起飞'],
  ['塔台先锋', '航空运动基地', '党员示范岗位类', '守望引导、先锋在位', '做学生成长的塔台'],
  ['小飞鹰', '航空运动基地', '教育教学类', '强体启智、展翅向阳', '小飞鹰，向阳飞'],
  ['云上摇篮', '航空运动基地', '平台阵地类', '家园云端、同心共育', '云上有家，心中有党'],
  ['晨光十分钟', '曙光社区', '教育教学类', '日日明理、时时修身', '每天十分钟，红色伴一生'],
  ['曙光讲习所', '曙光社区', '平台阵地类', '讲学习、讲故事、讲担当', '人人上讲台，个个当先锋'],
  ['向曙而行', '曙光社区', '创先争优类', '向光而行、争创一流', '向着曙光，再进一步'],
  ['晨露', '曙光社区', '爱心帮扶类', '细微处见真情', '一滴晨露，滋养一生'],
  ['小太阳议事角', '曙光社区', '特色活动类', '小小议事、大大成长', '我的建议有人听'],
  ['三代讲台', '曙光社区老干部活动站', '综合类', '三代同讲、薪火相传', '爷爷讲、爸爸讲、我来讲'],
  ['古槐下', '彰东古槐', '平台阵地类', '树下议事、扎根育人', '古槐树下话初心'],
  ['扎根行动', '彰东古槐', '创先争优类', '扎根课堂、服务群众', '扎得深，长得高'],
  ['小槐花', '彰东古槐', '特色活动类', '清新向美、勤俭有礼', '小槐花，有礼貌'],
  ['槐荫帮帮团', '彰东古槐', '爱心帮扶类', '邻里相帮、家园共暖', '槐荫之下都是家'],
  ['精忠少年', '岳飞故里文化园', '特色活动类', '精忠报国、少年担当', '精忠二字记心间'],
  ['墨香支部', '书法篆刻工坊', '党员示范岗位类', '墨香养德、示范育人', '一支笔，一颗心'],
  ['青砖行动', '岳飞故里文化园', '创先争优类', '一砖一瓦、筑牢根基', '做一块踏实的青砖'],
  ['小印章', '书法篆刻工坊', '教育教学类', '方寸明志、童印传情', '方寸之间见初心'],
  ['帮一把', '社区志愿服务站', '爱心帮扶类', '伸手相助、举手成习', '伸出手，帮一把'],
  ['柏树下的约定', '柏庄古柏', '综合类', '守信践诺、常青育人', '说到做到，四季常青'],
  ['田埂课堂', '柏庄劳动实践田', '教育教学类', '脚踩泥土、心怀家国', '在田埂上读懂中国'],
  ['柏籽', '柏庄古柏', '特色活动类', '一籽成林、幼学有志', '小柏籽，长成林'],
  ['乡音故事会', '柏庄乡贤馆', '平台阵地类', '乡音讲史、代代传唱', '用乡音讲红色故事'],
  ['麦浪先锋', '柏庄劳动实践田', '党员示范岗位类', '先锋在田、育人在心', '麦浪起处见先锋'],
]

export function brandOf(index: number): DemoBrand {
  const row = brands[index % brands.length] ?? ['', '', '', '', '']
  const [name, resource, category, motif, slogan] = row
  return { name, resource, category, motif, slogan }
}

export const conceptOf = ({ name, motif }: DemoBrand): string =>
  `以“${motif}”为核心理念，把党组织建设与立德树人结合起来，让“${name}”成为师生看得见、说得出、做得到的共同追求。`

export const connotationOf = ({ name, resource, motif }: DemoBrand): string =>
  [
    `“${name}”取材于${resource}。党组织牵头挖掘其中的故事和人物，经党员大会、教职工座谈和家长听证，提炼出“${motif}”的品牌内涵。`,
    '品牌从制度、活动、阵地、媒介四个方面落地：制度上健全学习、谈心和承诺践诺办法；活动上坚持主题党日与德育课程同安排；阵地上建设党员活动室和红色长廊；媒介上办好校园广播和公众号专栏。',
    '全体党员公开承诺，接受师生和家长评议，年底逐项对账。（演示内容）',
  ].join('\n')

export const weakPoints: Readonly<Record<string, readonly [string, string]>> = {
  membership: [
    '近三年发展的党员都是教学骨干，青年教师申请入党的积极性高。',
    '35 岁以下党员偏少，培养联系人谈话记录不够规范。',
  ],
  education: ['坚持每月一次主题党日，学习与教研结合较好。', '学习形式以集中读文件为主，讨论不够充分。'],
  democracy: ['党务公开栏按季更新，重大事项先听取教职工意见。', '征求意见后的反馈不够及时。'],
  institutions: ['三会一课、组织生活会等制度齐全。', '制度与学校日常管理衔接不紧，执行情况缺少检查。'],
}

export interface DemoTask {
  pillar: Pillar
  content: string
  measure: string
  dueOn: string
  expectedResult: string
}

export const tasksOf = ({ name, resource }: DemoBrand): DemoTask[] => [
  {
    pillar: 'policy',
    content: '修订党员承诺践诺办法',
    measure: '公开征求意见后由党员大会通过，每学期评议一次。',
    dueOn: '2026-06-30',
    expectedResult: '形成办法一份，评议记录两次。',
  },
  {
    pillar: 'activity',
    content: `开展“${name}”系列主题党日`,
    measure: `每月一次，与${resource}的参观、课程和志愿服务结合。`,
    dueOn: '2026-10-20',
    expectedResult: '不少于八次，师生参与面达到 80%。',
  },
  {
    pillar: 'activity',
    content: '党员教师结对帮扶学生',
    measure: '每名党员联系两名学生，每月谈心一次并家访一次。',
    dueOn: '2026-09-30',
    expectedResult: '结对记录完整，学生进步有档案。',
  },
  {
    pillar: 'place',
    content: `建设“${name}”展示长廊`,
    measure: '利用现有走廊，师生共同设计，节俭布置。',
    dueOn: '2026-05-31',
    expectedResult: '建成一处可参观、可上课的阵地。',
  },
  {
    pillar: 'media',
    content: '办好校园广播和公众号专栏',
    measure: '每周一期，由党员教师和学生共同采编。',
    dueOn: '2026-11-30',
    expectedResult: '全年不少于三十期。',
  },
]

export const promisesOf = (): string[] => [
  '每周三下午设立书记接待日，师生家长的意见十个工作日内答复。',
  '每名党员教师每学期至少家访十户。',
  '党员活动室周末向社区开放半天。',
]

export interface DemoEntry {
  pillar: Pillar
  form: string
  title: string
  place: string
  content: string
  tag:
    | 'partyLeadership'
    | 'partyHistory'
    | 'themeEducation'
    | 'teaching'
    | 'memberEducation'
    | 'moralEducation'
    | 'teacherEthics'
    | 'campusCulture'
}

// biome-ignore format: one kind of entry per line
const entryKinds: readonly (readonly [Pillar, string, string, string, DemoEntry['tag']])[] = [
  ['policy', '制度建设', '党员大会通过承诺践诺办法', '党员活动室', 'memberEducation'],
  ['activity', '主题党日', '走进{resource}主题党日', '{resource}', 'partyHistory'],
  ['place', '阵地建设', '“{name}”展示长廊建成开放', '教学楼一层', 'campusCulture'],
  ['media', '专栏宣传', '校园广播“{name}”专栏开播', '广播室', 'campusCulture'],
  ['activity', '结对帮扶', '党员教师与学生结对见面会', '会议室', 'moralEducation'],
  ['activity', '志愿服务', '党员志愿队进社区服务', '社区广场', 'partyLeadership'],
  ['policy', '专题会', '支部委员会研究品牌创建分工', '会议室', 'partyLeadership'],
  ['activity', '知识竞赛', '党史知识竞赛', '报告厅', 'partyHistory'],
  ['media', '专栏宣传', '公众号推送师德故事', '线上', 'teacherEthics'],
  ['activity', '读书会', '青年教师红色经典读书会', '图书室', 'teacherEthics'],
  ['place', '阵地建设', '党员活动室更新学习角', '党员活动室', 'memberEducation'],
  ['activity', '座谈会', '家长座谈听取对“{name}”的意见', '会议室', 'partyLeadership'],
  ['activity', '课程课堂', '“{name}”校本课程公开课', '多媒体教室', 'teaching'],
  ['media', '征文', '“我身边的党员”征文选登', '校报', 'moralEducation'],
  ['activity', '演唱会', '红歌传唱会', '操场', 'themeEducation'],
  ['activity', '参观研学', '师生参观{resource}', '{resource}', 'partyHistory'],
  ['policy', '制度建设', '修订党务公开实施细则', '党员活动室', 'partyLeadership'],
  ['activity', '演讲比赛', '“请党放心”演讲比赛', '报告厅', 'themeEducation'],
  ['place', '阵地建设', '红色图书角添置图书', '图书室', 'campusCulture'],
]

export function entryOf(brand: DemoBrand, turn: number): DemoEntry {
  const [pillar, form, title, place, tag] = entryKinds[turn % entryKinds.length] ?? [
    'activity',
    '主题党日',
    '',
    '',
    'themeEducation',
  ]
  const fill = (text: string) => text.replaceAll('{name}', brand.name).replaceAll('{resource}', brand.resource)
  const times = Math.floor(turn / entryKinds.length)
  return {
    pillar,
    form,
    title: `${fill(title)}${times > 0 ? `（第 ${times + 1} 次）` : ''}`,
    place: fill(place),
    content: `围绕“${brand.motif}”，由党组织统一安排，党员带头、师生参与。活动前征求意见，活动后当场听取反馈并记录在册。（演示内容）`,
    tag,
  }
}

// biome-ignore format: what was said and what was answered, side by side
export const remarks: readonly (readonly [string, string, string])[] = [
  ['parent', '演示家长', '建议展示长廊周末也向家长开放，孩子想带爷爷奶奶来看看。'],
  ['teacher', '演示教师', '主题党日能不能与教研活动错开，现在周三下午两件事赶在一起。'],
  ['pupil', '演示学生', '希望广播里能播我们自己写的故事。'],
  ['public', '演示居民', '志愿服务很好，建议把时间提前贴在社区公告栏。'],
  ['parent', '演示家长', '结对帮扶请多关注低年级，孩子刚入学不太适应。'],
  ['teacher', '演示教师', '承诺的家访次数较多，建议分学段安排。'],
  ['parent', '演示家长', '方案里说的红色图书角，能否让孩子借书回家看。'],
]

// biome-ignore format: one answer per line
export const answers: readonly string[] = [
  '感谢您的建议。经研究，从下周起按您说的办，具体时间会在校门口公告，并请您继续监督。',
  '您说的情况属实。我们已调整安排，把两件事分开，并在教职工会上作了说明。',
  '这个建议很好，已列入本学期任务，由党员教师负责，完成后会在专栏里告诉大家。',
]

export const achievementsOf = ({ name, resource, motif }: DemoBrand): string =>
  `一年来，党组织围绕“${name}”品牌，坚持“${motif}”的理念，做了四件事：一是健全承诺践诺、党务公开等制度，每学期评议一次；二是依托${resource}开展主题党日和校本课程，党员带头上课、带头家访；三是建成展示长廊和红色图书角，周末向社区开放；四是办好广播和公众号专栏，让师生讲身边的故事。师生参与面扩大，家长意见做到件件有答复，青年教师入党申请人数比上年增加。（演示内容）`

export const highlightsOf = ({ name, motif }: DemoBrand): string =>
  `“${name}”最突出的做法是把党员承诺公开上墙、逐月对账，师生和家长随时可以评议；同时把“${motif}”编进校本课程，让品牌进课堂、进家庭、进社区，形成了可以推广的工作清单。（演示内容）`

const palettes = [
  ['#b3261e', '#e8743b'],
  ['#8c1d18', '#c9a227'],
  ['#a4262c', '#2f6f8f'],
  ['#7a1f1f', '#4b7a3f'],
  ['#c0392b', '#6c3483'],
] as const

const escaped = (text: string): string => text.replace(/[<>&"]/g, '')

/** A plain picture made of colours and words: no photograph of a real person or place is needed for showing the product. */
export function pictureOf(words: { title: string; note: string; seed: number; wide: boolean }): Promise<Buffer> {
  const [from, to] = palettes[words.seed % palettes.length] ?? palettes[0]
  const [width, height] = words.wide ? [960, 640] : [480, 480]
  const size = Math.min(96, Math.floor((width * 0.8) / Math.max(4, [...words.title].length)))
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
<defs><linearGradient id="g" x1="0" y1="0" x2="1" y2="1"><stop offset="0" stop-color="${from}"/><stop offset="1" stop-color="${to}"/></linearGradient></defs>
<rect width="100%" height="100%" fill="url(#g)"/>
<circle cx="${width * 0.82}" cy="${height * 0.2}" r="${height * 0.12 + (words.seed % 7) * 6}" fill="#fff" fill-opacity="0.16"/>
<circle cx="${width * 0.12}" cy="${height * 0.86}" r="${height * 0.2}" fill="#fff" fill-opacity="0.1"/>
<text x="50%" y="52%" text-anchor="middle" font-family="Noto Sans CJK SC, WenQuanYi Zen Hei, sans-serif" font-weight="700" font-size="${size}" fill="#fff">${escaped(words.title)}</text>
<text x="50%" y="${height * 0.68}" text-anchor="middle" font-family="Noto Sans CJK SC, WenQuanYi Zen Hei, sans-serif" font-size="${Math.floor(height / 16)}" fill="#fff" fill-opacity="0.85">${escaped(words.note)}</text>
</svg>`
  return sharp(Buffer.from(svg)).png({ compressionLevel: 9 }).toBuffer()
}
