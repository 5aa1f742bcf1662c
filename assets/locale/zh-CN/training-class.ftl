# The trainer's screens: a class, one desk from near, orders, practice aloud.

# The table
class-loading = 正在看班里的情况...
class-col-name = 姓名
class-col-stage = 状态
class-col-level = 级
class-col-title = 场景
class-col-curve = 火气走势
class-col-anger = 火气
class-col-trust = 信任
class-col-minutes = 分
class-col-callers = 在线
class-col-last = 上次
class-col-runs = 次数
class-all = 全班
class-all-row = 全班 { $seats } 个座位，{ $here } 个在座，{ $run } 个正在接客户
class-stage-empty = 空位
class-stage-gone = 掉线
class-stage-paused = 已暂停
class-stage-running = 通话中
class-stage-lobby = 选题
class-stage-over = 待复盘
class-stage-release = 放松
class-stage-stopped = 已叫停

# One desk from near
class-desk-all = 现在选的是全班：布置、加来电、断网这些都会发给每个座位。选中一个座位就能看它的现场。
class-desk-nothing = 这个座位还没开始练。
class-desk-loading = 正在取这个座位的现场...
class-points = { $points } 分
class-standing = 需求{ $need }，承诺{ $commitment }，火气 { $anger }，信任 { $trust }，耐心 { $secs } 秒
class-need = 背后的需求：{ $need }
class-legend = a 火气  t 信任  c 听懂  * 转折的一句
class-noted = 你的点评：{ $text }
class-aside-open = 还没回（{ $secs } 秒{ $more }）{ $who }：{ $asked }
class-aside-answered = 回了（{ $secs } 秒{ $more }）{ $text } | { $who }：{ $asked }
class-not-understood = 没听懂（不计对错）
class-mood = （火气 { $anger } 信任 { $trust }）

# Orders
class-stop-title = 叫停
class-stop-about = 让{ $who }现在就停下来？正在练的会按目前的样子结束，可以复盘。
class-stop-keys = 回车叫停，Esc 不停了
class-level-title = 开放级别
class-level-about = 给{ $who }开放第 { $level } 级（{ $about }），不用等前面的级别过关。
class-level-keys = 左右键换级别，回车开放，Esc 算了
class-task-title = 布置任务
class-spoken-title = 口头练习：选一个客户
class-task-filter = 找场景
class-task-none = 没有对得上的场景，换个词试试。
class-task-for = 给：{ $who }
class-task-keys = 上下选场景，左右换级别，{ $lang } 语言，{ $pace } 速度，回车确定，Esc 算了
class-task-keys-spoken = 上下选场景，左右换级别，{ $lang } 换语言，回车确定，Esc 算了
class-task-keys-all = 上下选场景，左右换级别，{ $lang } 语言，{ $pace } 速度，Tab 全班/一人，回车确定
class-surge-title = 加来电
class-surge-about = 给{ $who }同时加几位客户？（{ $least } 到 { $most }）
class-silence-title = 冷场
class-silence-about = 让{ $who }的客户沉默多少秒？（{ $least } 到 { $most }）
class-network-title = 断网
class-network-about = 把{ $who }的网断多少秒？（{ $least } 到 { $most }）写的东西都会留着。
class-number-keys = 数字或上下键改，回车确定，Esc 算了
class-comment-title = 点评这一句
class-comment-about = { $who }马上就能看到，复盘时也在。
class-question-title = 主管发问
class-question-about = 替主管问{ $who }一句，对方得停下来回你。
class-words-keys = 回车发出，Esc 算了
class-written-title = 成绩写好了，共 { $rows } 行
class-written-table = 成绩表
class-written-pages = 每人一页
class-written-keys = 回车或 Esc 收起

# What is said after an order
notice-class-paused = 已让{ $who }的时间停住
notice-class-goes-on = { $who }的时间继续走
notice-class-results = 成绩写好了：{ $table }，另有 { $pages } 页
notice-class-writing = 正在写成绩...
notice-class-watch-first = 先按回车看这个座位，再点评它的句子
notice-class-no-line = 还没说过话，没有可以点评的
notice-class-choose-seat = 先选一个座位：这件事不能对全班做
notice-class-nobody-there = 这个座位还没人；下面那行是加入的办法
notice-class-nothing-there = 这个座位还没开始练；F2 可以布置
notice-class-stopped = 已叫停{ $who }
notice-class-level = 已给{ $who }开放第 { $level } 级
notice-class-empty = 先写点什么
notice-class-range = 请填 { $least } 到 { $most }
notice-class-surge = 已给{ $who }加了 { $count } 位客户
notice-class-silence = { $who }的客户会沉默 { $count } 秒
notice-class-network = { $who }的网断 { $count } 秒
notice-class-commented = 点评已发给{ $who }
notice-class-question = 已经替主管问了{ $who }
notice-class-answered = { $who }回了「{ $asked }」：{ $text }（{ $secs } 秒）
notice-class-no-scenario = 没有对得上的场景
notice-class-task = 已给{ $who }布置：{ $title }

# Practice aloud
spoken-none = 还没有口头练习；在班级屏选好座位再开始。
spoken-reading = 念这句话；念完按 F6 开始计时（已过 { $secs } 秒）
spoken-thinks = 在想：{ $secs } 秒
spoken-thought = 想了 { $secs } 秒
spoken-handed-in = 已交上，想了 { $secs } 秒，等客户回话...
spoken-marked = 已标 { $count } 项
spoken-words = 记几个字
spoken-keys = 按字母或数字标记，空格标光标处，Tab 记几个字，回车交上
spoken-over = 复盘在学员自己的座位上；回车回到班级。
notice-spoken-over = { $name }的口头练习结束：{ $points } 分
notice-spoken-own = 练完了。先说说你自己怎么看（F7），再看得分
notice-spoken-too-many = 一口气最多标 { $most } 项，去掉几项再交
notice-spoken-nothing = 什么都没标；真是没说到点上就再按一次
notice-spoken-end-sure = 结束这次口头练习？再按一次就结束
