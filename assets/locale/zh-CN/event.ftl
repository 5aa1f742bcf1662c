# 时间线上除了话语以外发生的事，以及词表里的词。
happening-opened = 登记了工单
happening-claimed = 接了单
happening-released = 放回了队列
happening-assigned = 派给了 { $to }
happening-transferred = 转到 { $to }
happening-waiting = 先等着，{ $time } 再联系客户
happening-resumed = 接着办
happening-snoozed = 先放一放，{ $time } 再看
happening-labelled = 改了标签：{ $what }
happening-priority = 优先级改为{ $to }
happening-promised = 答应 { $time } 前{ $deed }
happening-promise-kept = 兑现了承诺
happening-promise-renegotiated = 和客户另约了时间
happening-promise-withdrawn = 客户不再需要这条承诺
happening-promise-open = 承诺又算数了
happening-closed = 办结：{ $reason }
happening-overridden = 明知{ $rule }这条守则仍照此办理，理由如下
happening-reopened = 重开了工单
happening-tied = 和另一张工单关联了
happening-delivery-failed = 没送到客户手里
happening-line-proposed = 提了一句话术
happening-line-approved = 批准了这句话术
happening-line-declined = 退回了这句话术
happening-line-retired = 撤下了这句话术
happening-customer-changed = 换到了另一份客户档案
happening-needs-newer = 这条记录要新版 balm 才能看

channel-voice = 电话
channel-chat = 在线
channel-message = 短信
channel-mail = 邮件
channel-visit = 到访
channel-api = 系统

tier-a = A 级
tier-b = B 级
tier-c = C 级

priority-normal = 普通
priority-high = 优先
priority-urgent = 特急

wait-customer = 等客户
wait-supplier = 等供应商
wait-site = 等兄弟部门

close-solved = 问题解决
close-explained = 解释后客户认可
close-withdrawn = 客户撤回
close-duplicate = 和另一张重复
close-no_answer = 多次联系不上

relation-duplicate = 重复
relation-follows_from = 由它引起
relation-related = 有关

delivery-queued = 待发出
delivery-accepted = 渠道已收
delivery-delivered = 已送达
delivery-failed = 没送到

role-agent = 坐席
role-senior = 资深坐席
role-lead = 组长
role-manager = 主管
role-trainer = 培训师
role-admin = 管理员

duty-ready = 空闲
duty-writing = 处理中
duty-away = 离开
duty-off = 下班

deed-callback = 回电
deed-reply = 答复
deed-update = 说进展
deed-resolve = 办好
deed-verify = 查清
deed-docs = 寄材料

promise-open = 待兑现
promise-kept = 已兑现
promise-renegotiated = 已另约
promise-withdrawn = 客户不要了

identity-phone = 电话
identity-mail = 邮箱
identity-account = 账号

act-ack_specific = 说到点上的安抚
act-ack_generic = 安抚
act-apologise = 道歉
act-own = 揽下来
act-ask_open = 开放提问
act-explain_cause = 说明原因
act-admit_unknown_timed = 说何时能查清
act-option = 给选择
act-commit_concrete = 给确切时间
act-confirm = 复述确认
act-rights_neutral = 告知权利
act-decline_reasoned = 有理由地婉拒
act-safety = 先问安全

status-open = 在办
status-waiting = 等待
status-snoozed = 搁置
status-closed = 办结
status-merged = 已合并

step-acknowledge = 安抚
step-plan = 怎么办
step-solve_or_commit = 方案或时间

target-reply = 答复
target-callback = 回电
target-resolve = 办结

preference-title = 称呼
preference-language = 语言
preference-language-zh = 中文
preference-language-en = 英文
preference-wish = 偏好
preference-avoid = 不要
preference-channel = 联系方式
happening-overridden-for = 明知{ $rule }这条守则仍照此办理：{ $reason }
