# Training: the mark, the seat, choosing, and the names of acts, criteria, ends.

# The mark
training-mark = 训练
training-foot = 训练中：来的都是模拟客户
training-away = 训练台没有回应
training-level = 第 { $level } 级
training-paused = 已暂停
training-slow = 半速
training-brisk = 快节奏
training-shift = 交班：备注 + 放回队列
training-callers = 同时 { $count } 位客户
training-cut = 断网中
training-contact-over = 这通结束了
training-speaks = 客户还在说 { $secs } 秒
training-own = 你还在说 { $secs } 秒
training-anger = 火气 { $value }
training-trust = 信任 { $value }
training-patience = 耐心 { $value }%

# Lines to choose from, what comes in between, the release
offers-title = 挑一句说
offers-about = 数字或回车放进输入框，还可以改；Ctrl-S 发出，F7 记为已说。
storm-about = 写一句回话按回车；Esc 先放一放，20 秒后或者你说完下一句，对方会再来。
storm-about-again = 对方又来了。写一句回话按回车；Esc 还能再放一次，你写的会留着。
storm-about-now = 已经放过两次了，这回得回一句：写好按回车。
release-title = 放松一分钟
release-words = 刚才那一阵不好受。这一分钟什么也不用做：肩膀放下来，跟着下面的条慢慢吸气、呼气。没有人看得到，也不计分。
release-in = 吸气
release-out = 呼气
release-left = 还有 { $secs } 秒
release-over = 好了。按回车去复盘。

# Choosing
lobby-loading = 正在取练习清单...
lobby-running = 有一通训练正在进行：按回车回到队列。
lobby-task = 培训老师给你布置了：{ $title }（第 { $level } 级）
lobby-slow = 速度：慢一半
lobby-real = 速度：像真电话
lobby-brisk = 速度：快节奏
lobby-zh = 客户说中文
lobby-en = 客户说英文
lobby-none = 这一级没有合适的场景，按左右键换一级。
lobby-col-title = 场景
lobby-col-item = 条目
lobby-col-expected = 把握
lobby-col-best = 最好
lobby-col-due = 复习
lobby-due = 该复习
lobby-due-count = 有 { $count } 项该复习了
lobby-levels = 级别（+ 已过关 o 可练 - 未开）
lobby-live = 第 0 到 3 级都已过关，可以接真实电话。
lobby-not-live = 接真实电话之前，第 0 到 3 级要各过关：两天各一次 85 分以上，无一票否决。
lobby-skills = 能力（近期走势在右）
lobby-runs = 最近几次（分数、级别、场景、结局）
level-0 = 读两种处理
level-1 = 从给出的话里选，不计时
level-2 = 从给出的话里选，计时
level-3 = 自己写，计时
level-4 = 加干扰、断网、第二位客户
level-5 = 再加辱骂和扬言投诉

# Acts
heard-ack-specific = 说中心情和事
heard-ack-generic = 泛泛安抚
heard-apologise = 道歉
heard-own = 揽下来
heard-ask-open = 开放地问
heard-ask-closed = 问事实
heard-ask-known = 问了已知的
heard-paraphrase = 复述
heard-safety = 先保安全
heard-process-only = 只讲流程
heard-explain-cause = 讲原因
heard-admit-unknown-timed = 坦白未知并定时间
heard-option = 给选择
heard-commit-concrete = 具体承诺
heard-commit-vague = 空承诺
heard-confirm = 核对确认
heard-decline-reasoned = 讲理由拒绝
heard-rights-neutral = 中性告知权利
heard-thanks = 道谢
heard-policy-shield = 拿规定挡
heard-excuse-busy = 拿忙当借口
heard-transfer-cold = 冷推给别处
heard-forbidden = 说了禁语
heard-interrupt = 抢话
heard-boundary = 划界线

# Criteria
criterion-acknowledged = 接住情绪
criterion-need-found = 找到需求
criterion-cause = 说清原因
criterion-commitment = 承诺
criterion-recap = 核对复述
criterion-language = 用语

# Ends
end-friend = 满意而归
end-resolved = 谈妥
end-grudging = 勉强接受
end-supervisor = 要找领导
end-outside = 去外部投诉
end-hang-up = 挂断
end-by-policy = 按规定结束
end-left = 没谈完就结束
end-handed-over = 已交班
end-broken-off = 中断

# Moments
moment-not-understood = 没听懂（不算错）
moment-need-hinted = 露出一点真心话
moment-need-revealed = 说出真心话
moment-need-met = 需求接住了
moment-committed = 承诺立住了
moment-confirmed = 确认了
moment-misread = 号码念错，客户纠正（不算确认）
moment-beside-the-need = 没说到点上
moment-demand-up = 要价升级
moment-demand-down = 要价降了
moment-supervisor-demanded = 要求找领导
moment-outside-named = 提到外部投诉
moment-abused = 骂人
moment-warned = 收到提醒
moment-interrupted = 被抢话
moment-silence = 等得不耐烦
moment-held-too-long = 挂起超时
moment-ended = 结束

# Why a number moved
why-act = 话本身
why-repeat = 说过了，减半
why-early = 还没接住情绪就讲
why-fit = 合不合需求
why-persona = 这位客户的脾气
why-long = 话太长
why-unprovoked = 没来由
why-silence = 冷场
why-time = 等待
why-hold = 挂起
why-again = 没听懂
why-chance = 当时心情
why-bound = 到顶到底

# The three agents
agent-kind-mechanical = 机械作答
agent-kind-sympathetic = 只有安慰
agent-kind-committing = 安慰加具体承诺

# Where a seat is
stage-empty = 空位
stage-lobby = 选题
stage-running = 通话中
stage-over = 待复盘
stage-release = 放松
stage-stopped = 已叫停

# How far the need came
need-stage-hidden = 未露
need-stage-hinted = 露出一点
need-stage-revealed = 已说出
need-stage-met = 已接住

# Commitments
commitment-none = 无
commitment-vague = 空话
commitment-concrete = 具体
commitment-confirmed = 已确认

# What comes in between
storm-second-caller = 又一位客户
storm-silence = 对方不说话
storm-abuse = 客户骂人
storm-interruption = 有人打断
storm-network = 断网
storm-shift-change = 交班
storm-question = 主管来问

# Turns without words
turn-quiet = 没说话
turn-hold = 挂起
turn-storm = 突发
turn-close = 结束通话
turn-marked = 口头说（由旁人标记）
turn-aside = 有人插话
turn-aside-answered = （{ $who }：{ $asked } 回：{ $text }，用了 { $secs } 秒{ $more }）
turn-aside-open = （{ $who }：{ $asked } 一直没回，{ $secs } 秒{ $more }）
turn-aside-put-off = ，放过 { $count } 次

# Numbers
number-anger = 火气
number-trust = 信任
number-clarity = 明白
number-face = 面子
number-patience = 耐心
