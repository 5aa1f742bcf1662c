# 训练成绩：表格和可打印的单页。

training-results-login = 登录名
training-results-name = 姓名
training-results-date = 开始时间
training-results-scenario = 场景
training-results-title = 标题
training-results-level = 级别
training-results-language = 语言
training-results-seed = 种子
training-results-end = 结局
training-results-total = 得分
training-results-critical = 一票否决
training-results-partial = 部分未查
training-results-spoken = 口头练习
training-results-run-id = 场次
training-results-yes = 是
training-results-no = 否
training-results-none = 暂无
training-results-never = 还没有
training-results-not-checked = 未查

training-results-criterion-acknowledged = 及时回应情绪
training-results-criterion-need-found = 找到真正的需求
training-results-criterion-cause = 说清原因
training-results-criterion-commitment = 具体承诺
training-results-criterion-recap = 核对联系方式并小结
training-results-criterion-language = 用语

training-results-end-friend = 客户满意，成了朋友
training-results-end-resolved = 问题解决
training-results-end-grudging = 勉强接受
training-results-end-supervisor = 要求找主管
training-results-end-outside = 要去外部投诉
training-results-end-hang-up = 客户挂断
training-results-end-by-policy = 辱骂后按规定结束
training-results-end-left = 需求没解决就结束了
training-results-end-handed-over = 已交接给同事
training-results-end-broken-off = 中途停止

training-results-page-title = { $name }的训练成绩
training-results-page-about = 截至 { $date }，共练了 { $runs } 场，下面是最近的几场。
training-results-skills = 各项能力
training-results-criterion = 评分项
training-results-now = 目前
training-results-results = 次数
training-results-levels = 已掌握的级别：{ $mastered }。可以练的级别：{ $open }。
training-results-run = { $at }，第 { $level } 级：{ $total } 分，{ $end }。
training-results-cost-all = 一票否决：{ $what }
training-results-no-drawing = 场景后来改过，这一场画不出曲线。
training-results-anger = 怒气：开头和每一轮之后
training-results-points = 得分
training-results-of = 满分
training-results-comments = 教练的话
