// What guessers try first: leaked favourites, keyboard walks, office and school words in pinyin, and names of this programme.
// Digits and signs around a word and look-alike signs inside it are taken away before it is looked up.
const words = `
password passwd passwort pass pwd mypassword newpassword secret topsecret letmein welcome login signin access default changeme
temp temporary guest user users username demo test testing tester sample example admin admins administrator root sysadmin
system manager master super superuser superman supervisor operator service support server oracle postgres mysql sqlserver
tomcat nginx linux ubuntu windows microsoft apple google huawei xiaomi lenovo tencent alibaba baidu weixin wechat qqqq
qwer qwert qwerty qwertyu qwertyui qwertyuio qwertyuiop asdf asdfg asdfgh asdfghj asdfghjk asdfghjkl zxcv zxcvb zxcvbn zxcvbnm
qaz wsx edc qazwsx qazwsxedc qweasd qweasdzxc asdzxc poiuy poiuyt lkjhg lkjhgf mnbvc mnbvcxz rewq ytrewq qwe asd zxc
qawsed zaqwsx zaqxsw wsxedc edcrfv azerty dvorak onetwothree abc abcd abcde abcdef abcdefg abcdefgh aaa aaaa aaaaaa xyz
iloveyou loveyou iloveu lovely love lover forever princess prince queen king baby angel sunshine rainbow flower summer winter
spring autumn monday friday sunday january october hello hellokitty hi nihao dragon tiger monkey panda eagle wolf lion shadow
phoenix pikachu pokemon batman spiderman ironman starwars football basketball baseball soccer hockey tennis jordan kobe ronaldo
messi michael michelle jennifer jessica thomas robert daniel charlie andrew george david harley ginger pepper cookie cheese
chocolate banana orange purple yellow silver golden diamond computer internet freedom whatever trustno ninja mustang corvette
ferrari mercedes porsche money lucky happy smile music friend friends family mother father brother sister merlin hunter killer
china zhongguo zhonghua beijing shanghai guangzhou shenzhen henan zhengzhou anyang beiguan beiguanqu tiananmen changcheng
woaini woaiwo woaiwojia woaizhongguo wodemima mima mimashi nishishui wobuzhidao wozhidao aini ainimen laopo laogong baobei
baobao mama baba jiejie gege didi meimei xiaoming zhangsan lisi wangwu zhaoliu wangwei liwei zhangwei lina wangfang lijun
zhangmin chenchen yangyang feifei longlong gongxi facai fafafa xingfu kuaile pingan jiankang shengri xinnian chunjie
school xuexiao xiaoxue zhongxue gaozhong youeryuan daxue jiaoyu jiaoyuju jiaotiju jiaoshi laoshi teacher student xuesheng
xiaozhang shuji zhuren keyuan bangongshi banzhuren yuwen shuxue yingyu banji nianji
dang dangjian dangyuan dangwu dangwei dangzhibu zhibu zuzhi zuzhibu gongchandang zhonggong renmin weirenminfuwu hongqi hongse
buwangchuxin laojishiming chuxin shiming xuexi xuexiqiangguo qiangguo pinpai yipin yixiao yixiaoyipin gongwu zhengfu shizheng
jianshe wenhua
p a aa ab qq sa db it ok me my`
export const commonWords: ReadonlySet<string> = new Set(words.trim().split(/\s+/))

/** Digits that are somebody's favourite; runs and repetitions are found by rule. */
export const commonDigits: ReadonlySet<string> = new Set(
  '5201314 1314520 520520 131420 147258369 147258 159357 159753 258456 741852963 789456123 963852741 112233 123321 1234321 12344321 102030 121212 666888 888666 168168 10086 10010 12315 20202020 19491001 19210701'.split(
    ' ',
  ),
)
/** Walks over the keyboard that mix letters and digits. */
export const keyboardWalks: readonly string[] =
  '1qaz2wsx 1qaz@wsx !qaz2wsx 2wsx3edc 1q2w3e 1q2w3e4r q1w2e3 q1w2e3r4 a1b2c3 a1s2d3 1a2b3c zaq12wsx zaq1 qwe123 123qwe asd123 zxc123 abc123 123abc 1234qwer qwer1234 asdf1234 1qazxsw2 aa123456 a123456 123456a'.split(
    ' ',
  )
