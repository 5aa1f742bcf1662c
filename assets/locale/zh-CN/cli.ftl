# 命令行的话。出错时三句：出了什么事、对手头的工作意味着什么、怎么办。
cli-io = 读写文件出错：{$what}
cli-io-why = 这一步没有做完，已经写好的内容都还在。
cli-io-do = 检查文件和磁盘，再执行一次同样的命令。
cli-disk_full = 磁盘满了，写不进 {$path}
cli-disk_full-why = 新的内容存不下；已经存好的不受影响。
cli-disk_full-do = 腾出空间后再启动，没发出去的草稿和回复都还在原处。
cli-read_only = 数据目录 {$path} 不能写（{$what}）
cli-read_only-why = 没有地方保存草稿和待发的回复，所以没有启动。
cli-read_only-do = 改一下目录权限，或者用 --data 换一个能写的目录。
cli-folder = 数据目录 {$path} 打不开（{$what}）
cli-folder-why = 没有数据目录就没法工作，什么都没有改动。
cli-folder-do = 用 --data 指定另一个目录。
cli-config = 配置文件 {$path} 有问题：{$what}
cli-config-why = 为了不按错误的设置工作，没有启动；数据没有动。
cli-config-do = 改好这一行再启动；把文件移走就按默认设置运行。
cli-content = 自带内容有问题：{$what}
cli-content-why = 规则不完整时不能替客户算时间，所以没有启动。
cli-content-do = 请重新安装 balm；自己改过内容的话，先改回去。
cli-listen = 不能在 {$addr} 上监听：{$what}
cli-listen-why = 服务没有启动，数据没有动。
cli-listen-do = 端口被占用就用 --listen 换一个；要对外服务，请放在带 TLS 的代理后面并加 --behind-proxy。
cli-not_loopback = {$addr} 不是本机地址，没有监听
cli-not_loopback-why = balm 自己不做加密，直接对外会让客户资料和令牌明文传输。
cli-not_loopback-do = 让代理负责 TLS，再加上 --behind-proxy；或者改用 127.0.0.1。
cli-running = 这个数据目录正由另一个 balm 使用（{$addr}）
cli-running-why = 两个程序同时写同一份日志会写坏，所以这一步没有做。
cli-running-do = 先退出那一个，或者在它那边操作。
cli-not_empty = {$path} 里已经有数据
cli-not_empty-why = 生成的数据会和原有的混在一起，所以没有写。
cli-not_empty-do = 换一个空目录。
cli-no_user = 没有登录名为 {$name} 的账号
cli-no_user-why = 什么都没有改动。
cli-no_user-do = 用 balm user list 看看有哪些账号。
cli-token = 服务器不认这个令牌
cli-token-why = 令牌不对或者已经作废，没有读到也没有改动任何内容。
cli-token-do = 请管理员用 balm token new 重新发一个，再用 --token-file 指向它。
cli-server = 连不上服务器：{$what}
cli-server-why = 没有读到也没有改动任何内容。
cli-server-do = 检查地址和网络，过一会儿再试。
cli-refused = 服务器没有接受：{$what}
cli-refused-why = 什么都没有改动。
cli-refused-do = 按上面的原因改一下再试。
cli-log = 日志库不能用：{$what}
cli-log-why = 没有动里面的内容。
cli-log-do = 版本较新就换新版 balm 打开；文件损坏就用 balm restore 恢复备份。
cli-not_found = 没有 {$what}
cli-not_found-do = 检查一下名字和路径。
cli-not_admin = 导出原文需要管理员账号
cli-not_admin-why = 原文里有客户的全部资料，没有导出。
cli-not_admin-do = 用 --as 指定管理员，或者去掉 --raw 导出打码的版本。
cli-size = {$what} 不是尺寸
cli-size-do = 请写成 160x45 这样。
cli-date = {$what} 不是日期
cli-date-do = 请写成 2026-11-22 这样。
cli-no_terminal = 这里不是终端，控制台画不出来
cli-no_terminal-why = balm 的界面需要一个终端窗口。
cli-no_terminal-do = 在终端里直接运行，不要用管道接它的输入输出。
cli-serving = 服务已启动：{$addr}
cli-stopped = 服务已停止，数据都已写好。
cli-user_added = 已添加账号 {$name}（{$role}）
cli-token_made = 令牌 {$id} 已写入 {$path}（只有你能读）
cli-token_revoked = 令牌 {$id} 已作废
cli-backup_done = 备份完成：{$path}
cli-restore_done = 已恢复。各席位下次连接时会重新取一份完整数据。
cli-progress = {$done} 条，每秒 {$rate} 条{$left}
cli-progress-left = ，还要约 {$secs} 秒
cli-import_done = 导入完成：{$tickets} 张工单、{$turns} 条话；{$known} 张以前导入过；{$rejected} 行没有收。
cli-import_resumed = 接着上次的第 {$line} 行导入
cli-generate_done = 已写入 {$tickets} 张工单、{$events} 个事件，用时 {$secs} 秒
cli-replica_done = 席位副本已填好，用时 {$secs} 秒
cli-report-title = {$date} 各席位
cli-doctor-ok = 好
cli-doctor-bad = 有问题
cli-keys-start = 请按提示逐个按键；到不了程序的键 5 秒后跳过，Ctrl-Q 提前结束。
cli-keys-press = 请按 {$key}（{$what}）
cli-keys-arrived = 收到了
cli-keys-other = 收到的是 {$key}
cli-keys-missing = 没有收到
cli-keys-summary = 共 {$all} 个键，{$missing} 个没有到：{$names}
cli-keys-all = 共 {$all} 个键，都到了。
cli-local-admin = 本机管理
cli-doctor-terminal = 终端
cli-doctor-encoding = 字符编码
cli-doctor-folder = 数据目录
cli-doctor-log = 日志库
cli-doctor-calendar = 工作日历
cli-doctor-content = 事项 / 话术
cli-doctor-keymap = 自定义按键
cli-doctor-found = {$count} 项有问题
cli-doctor-found-why = 上面标出的项会影响使用。
cli-doctor-found-do = 逐项处理后再运行一次 balm doctor。
cli-report-head-agent = 席位
cli-report-head-handled = 经办
cli-report-head-replies = 答复
cli-report-head-response = 首响达标
cli-report-head-solution = 解决率
cli-report-head-first = 一次解决
cli-report-head-kept = 承诺兑现
cli-report-head-late = 承诺超时
cli-report-head-overdue = 超期
cli-report-nobody = （无人经办）
cli-report-total = 合计
cli-file = { $path } 用不了：{ $what }
cli-file-why = 没有对它做任何改动。
cli-file-do = 检查一下名字、路径和权限。
cli-exists = { $path } 已经有了
cli-exists-why = 没有覆盖它。
cli-exists-do = 换一个文件名。
cli-newer = { $path } 是更新版本的 balm 写的（结构版本 { $found }，这个程序最高认得 { $known }）
cli-newer-why = 旧程序可能写坏它，所以没有动。
cli-newer-do = 请用新版 balm 打开。
cli-damaged = { $path } 坏了，或者根本不是日志库：{ $what }
cli-damaged-why = 文件原样留着，没有动。
cli-damaged-do = 用 balm restore 恢复备份，坏的那份会留在旁边。
cli-no_token = 没有编号为 { $id } 的令牌
cli-no_token-why = 什么都没有改动。
cli-no_token-do = 用 balm token list 看看有哪些令牌。
cli-token_file = 令牌文件 { $path } 读不了：{ $what }
cli-token_file-why = 没有令牌就连不上服务器，什么都没有改动。
cli-token_file-do = 用 --token-file 指向正确的文件，或者请管理员用 balm token new 重新发一个。
cli-token_empty = { $path } 里没有令牌
cli-token_empty-why = 没有令牌就连不上服务器，什么都没有改动。
cli-token_empty-do = 把 balm token new 写出的那个文件放到这里。
cli-address = 这不是服务器地址：{ $addr }
cli-address-why = 什么都没有发出去。
cli-address-do = 请写成 https://主机名；本机可以写 http://127.0.0.1:7878。
cli-config-unknown = 第 { $line } 行：没有 { $name } 这个设置（有的是：{ $known }）
cli-line = 第 { $line } 行：{ $what }
cli-here = 这个目录
cli-import_broken = 文件在第 { $line } 行断了或者坏了：{ $what }
cli-import_broken-why = 这之前的都已经导入。
cli-import_broken-do = 重新拿一份完整的文件再导一次，不会重复收。
cli-import_empty = 文件里没有工单
cli-import_empty-why = 什么都没有导入。
cli-import_empty-do = 看看是不是拿错了文件：应该是一行一张工单的 JSON。
cli-import_rejects = 有 { $count } 行没有收
cli-import_rejects-why = 行号和原因在 { $path }，其余的都已经导入。
cli-import_rejects-do = 改好以后再导一次，不会重复收。
cli-os-not_found = 没有这个文件
cli-os-denied = 没有权限
cli-os-is_folder = 这是目录，不是文件
cli-os-no_folder = 路径中间有一段不是目录
cli-os-exists = 已经有了
cli-os-rubbish = 内容坏了，或者不是 UTF-8 文本
cli-os-cut = 没有写完就断了
cli-os-read_only = 只能读，不能写
cli-os-full = 磁盘满了
cli-os-in_use = 端口被别的程序占着
cli-os-no_address = 这台机器没有这个地址
cli-log_there = 服务器的日志库
cli-check-good = 内容没有问题（{ $files } 个文件）。
cli-check-found = 内容有 { $count } 处问题
cli-check-found-why = 带着问题的内容不会用来回答客户。
cli-check-found-do = 按上面每一行的提示改好，再运行一次 balm check。
check-toml = { $known ->
    [quote] 引号不成对，或者文字没放在引号里：{ $what }
    [bracket] 括号不成对，列表或表没有写完：{ $what }
    [comma] 列表里逗号多了或少了：{ $what }
    [equals] 这一行不是「键 = 值」的写法：{ $what }
    [twice] 同一个键写了两遍：{ $what }
   *[other] 这一行不是合法的 TOML：{ $what }
}
check-toml-do = { $known ->
    [quote] 文字两头都加上英文引号。
    [bracket] 补上对应的括号，方括号配方括号，花括号配花括号。
    [comma] 列表各项之间放一个英文逗号。
    [equals] 写成「键 = 值」，中间用等号。
    [twice] 留一个，另一个删掉或改名。
   *[other] 改好这一行，引号、括号、等号都要成对。
}
check-unread-file = 没有程序会读 { $what } 这个文件
check-unread-file-do = 把内容放进同名的自带文件，或者放到 playbook/、library/、lexicon/lint/、lexicon/tests/ 里。
check-unknown-key = { $of } 里有不认识的键 { $what }
check-unknown-key-do = 删掉它，或者改成其中之一：{ $known }。
check-missing-key = { $of } 缺少 { $what }
check-missing-key-do = 补上这一项。
check-missing-language = { $of } 的 { $what } 没有写
check-missing-language-do = 中文和英文都要有，补上缺的那一份。
check-unknown-value = 不认识「{ $what }」这个值
check-unknown-value-do = 改成其中之一：{ $known }。
check-unknown-item = 分类里没有 { $what } 这个事项
check-unknown-item-do = 改成其中之一：{ $known }。
check-unknown-need = 没有「{ $what }」这种需求
check-unknown-need-do = 改成其中之一：{ $known }。
check-unknown-act = 没有「{ $what }」这种话术动作
check-unknown-act-do = 改成其中之一：{ $known }。
check-unknown-part = 没有「{ $what }」这一段
check-unknown-part-do = 改成其中之一：{ $known }。
check-unknown-slot = 空位写错了：{ $what }
check-unknown-slot-do = 能用的空位：{ $known }。
check-slot-in-one-language = { $what } 只出现在一种语言里
check-slot-in-one-language-do = 中文和英文要用同样的空位。
check-misplaced-key = { $what } 和这一段对不上
check-misplaced-key-do = { $what } 只有 { $known } 段的话才写，而且必须写。
check-bad-day = 「{ $what }」不是日期，或者先后颠倒了
check-bad-day-do = 写成 2027-12-31 这样，开始不晚于结束。
check-expired = { $what } 已经过期
check-expired-do = 重新看一遍内容，再改日期；不用了就改成 retired 或删掉。
check-file-name = 编号 { $what } 和文件名 { $known } 对不上
check-file-name-do = 文件名改成「编号.toml」，或者改编号。
check-twice = 编号 { $what } 用了两次，另一处在 { $of }
check-twice-do = 给其中一个换个编号。
check-unserved-item = 事项 { $what } 没有一条可用的话术
check-unserved-item-do = 为它写一条 status = "approved" 的话术，或者批准一条草稿。
check-missing-part = { $of } 缺少这一段：{ $what }
check-missing-part-do = 共情、解释（含原因未知）、承诺、确认，一段都不能少。
check-few-empathize = { $of } 在 { $what } 这一档只有一句共情的话
check-few-empathize-do = 再写一句不一样的，同一位客户不能听到两遍；或者别占这一档。
check-commit-time = 承诺的话里有 { $what } 个时间
check-commit-time-do = 一句承诺只写一个 due 空位，不多也不少。
check-many-times = 一句话里有 { $what } 个时间
check-many-times-do = 拆成两句，每句最多一个时间。
check-bare-decline = { $of } 拒绝了客户，却没有 { $what } 这一段
check-bare-decline-do = 拒绝时要同时说清客户的权利（rights）和别的办法（options）。
check-breath = 一口气说不完（{ $of }，最多 { $known }）：{ $what }
check-breath-do = 拆成两句，或者说短一点。
check-same-line = 这句话和 { $of } 一模一样：{ $what }
check-same-line-do = 换个说法，同样的话不能对客户说两遍。
check-own-lint = { $of } 过不了自己的检查 { $what }：{ $known }
check-own-lint-do = 按这条规则改写，先改话再发布。
check-no-words = { $what } 没有写 words，永远找不到它
check-no-words-do = 写几个客户会说的词。
check-checks = { $what } 的预处理检查有 { $of } 条
check-checks-do = 中英文都正好写三条。
check-untested-group = 词组 { $what } 没有 { $known } 例句
check-untested-group-do = 在 lexicon/tests/ 里补上：该听到的一句，容易听错的一句，中英文都要。
check-unknown-group = 没有 { $what } 这个词组
check-unknown-group-do = 写成 item:A1、act:ack、signal:legal、lint:vague-time 这样，或者删掉这段。
check-no-hit = 词组 { $of } 没听出这句：{ $what }
check-no-hit-do = 给 { $known } 的词组加词，或者改例句。
check-near-hit = 词组 { $of } 误听了这句：{ $what }
check-near-hit-do = 把 { $known } 的词写得更准，或者改例句。
check-unusable = { $known ->
    [key] 这里没有叫这个名字的键：{ $what }
    [missing] 缺了必需的内容：{ $what }
    [type] 值的类型不对，该写文字、数字还是列表要和自带文件一样：{ $what }
    [value] 这个名字不在可用的名单里：{ $what }
    [pattern] 词型写得不对：{ $what }
    [twice] 同一个编号出现了两次：{ $what }
    [group] 有规则要用这个词组，可是没有文件写它：{ $what }
    [owner] 词典缺负责人或复查日期：{ $what }
    [day] 日期或时段写得不对：{ $what }
    [number] 数字超出了允许的范围：{ $what }
    [language] 缺一种语言的文字：{ $what }
    [slots] 填空或时间的个数不对：{ $what }
    [locked] 这条规则不能这样调：{ $what }
    [words] 没有词能引到它：{ $what }
    [place] 这一项放错了地方：{ $what }
   *[other] 内容用不了：{ $what }
}
check-unusable-do = { $known ->
    [key] 改成自带文件里有的键，或者删掉这一行。
    [missing] 照自带文件把它补上。
    [type] 对照同名的自带文件改。
    [value] 从名单里选一个，名单见自带文件。
    [pattern] 两头都要有文字；括号写成（甲|乙）这样，用英文括号，里面不再套括号。
    [twice] 留一个，另一个换编号。
    [group] 在词典里加一个 [[group]]，id 写这个名字。
    [owner] 文件开头写上 owner 和 review，日期写成 2027-12-31 这样。
    [day] 日期写成 2027-12-31，时段写成 09:00-20:00，先后不要颠倒。
    [number] 改到允许的范围里。
    [language] 中文和英文都写上。
    [slots] 承诺的句子写一个时间，别的句子最多一个；中英文的填空要一样。
    [locked] 法律和隐私的规则不能动，其他规则只能调低或关掉。
    [words] 加上客户会说的词，或者删掉这一项。
    [place] 照自带文件把它移到该在的那一类。
   *[other] 对照同名的自带文件改。
}
cli-pack = { $path } 里自己的内容有 { $count } 处没通过检查；第一处 { $file } 第 { $line } 行：{ $what }
cli-pack-why = 先用自带的内容，谁的工作都不耽误。
cli-pack-do = { $remedy }全部问题用 balm check 加这个文件夹查看。
cli-pack-items = 条目表归程序管，内容包里不能带 taxonomy.toml
cli-pack-items-do = 把 taxonomy.toml 从文件夹里拿走。
cli-model = 模型文件 {$path} 不能用：{$what}
cli-model-why = 有自带模型的地方，先用自带的。
cli-model-do = 用 balm coach train 重新训练，或者把这个文件拿走。
cli-line-bad = 第 {$line} 行：{$what}；每行写一个对象：{"{"}"id":"...","lang":"zh","text":"..."{"}"}
cli-line-utf8 = 不是 UTF-8
cli-line-long = 太长
cli-lines_bad = 有 {$count} 行读不了
cli-lines_bad-why = 这些行跳过了，其余的都有回答。
cli-lines_bad-do = 改好上面点名的行，再运行一次。
cli-training = 有一行标注不对：{$what}
cli-training-why = 没有训练，也没有写文件。
cli-training-do = 改好那一行，再运行一次。
cli-no_lines = 没有可学的内容
cli-no_lines-why = 文件里没有标注行，也没有人工确认过事项的已结工单。
cli-no_lines-do = 用 --from 指定标注文件，或用 --closings 指定数据文件夹。
cli-closings = 有 {$count} 张已结工单的事项是人工确认过的。
cli-trained = 用 {$lines} 行训练好了；{$bytes} 字节，写在 {$path}。

# Training
cli-check-agent = { $agent }：{ $of } 次谈妥 { $resolved } 次，剩下火气 { $anger }；
cli-check-at = 查到第 { $done } 个场景，共 { $all } 个
cli-scenario = 没有编号是 { $id } 的场景
cli-scenario-why = 训练要从一个现有的场景开始。
cli-scenario-do = 用 balm train list 看有哪些。
cli-train-line = 第 { $line } 行读不懂：{ $what }
cli-train-line-why = 坐席的话一行一句；后面的没有再演。
cli-train-line-do = 每行写一个 JSON 字符串，或 {"{"}"text":"...","think_ms":3000{"}"}。
check-sim-unusable = 场景读不了：{ $what }
check-sim-unusable-do = { $known }
check-sim-twice = 编号 { $what } 用了两次
check-sim-twice-do = 给其中一份换个编号，文件名一起改。
check-sim-few-lines = 「{ $what }」这类台词不够（{ $of }），至少要 { $known } 句
check-sim-few-lines-do = 补写几句，不要带 after。
check-sim-wrong-language = 这句放错了语言：{ $what }
check-sim-wrong-language-do = 中文写在 zh，英文写在 en，两边都要写。
check-sim-long-line = 台词太长：{ $what }
check-sim-long-line-do = 一句话说不完就拆开：中文最多 60 个汉字，英文最多 45 个词。
check-sim-opening-tells = 开场白就把藏着的需求说破了：{ $what }
check-sim-opening-tells-do = 开场只说表面的事，需求留到提示和揭开时再说。
check-sim-unreachable-line = 这句台词怎么演都说不到：{ $what }
check-sim-unreachable-line-do = 改它的 when 或 band，或者删掉。
check-sim-few-exemplars = 动作 { $what } 的范例太少
check-sim-few-exemplars-do = 中英文各写至少三句，换着说法写。
check-sim-exemplar-unheard = 范例「{ $what }」没听成 { $of }，听成了 { $known }
check-sim-exemplar-unheard-do = 换个更像这个动作的说法。
check-sim-few-facts = 客户知道的事太少
check-sim-few-facts-do = 写至少四条 [[fact]]，其中要有 told。
check-sim-unknown-need = 不认识的需求：{ $what }
check-sim-unknown-need-do = 用 needs.toml 里的名字。
check-sim-no-second-caller = 第二个来电的场景 { $what } 不存在
check-sim-no-second-caller-do = 写一个现有的编号。
check-sim-storm-late = { $what } 秒才来的风浪，多半等不到
check-sim-storm-late-do = 放在前四分钟以内。
check-sim-no-trap = 没有写陷阱
check-sim-no-trap-do = 写至少一个 [[trap]]，常见的是先谈钱。
check-sim-need-unreachable = 怎么演需求都到不了（{ $what }）
check-sim-need-unreachable-do = 看 direct、信任起点和能揭开它的台词。
check-sim-end-unreachable = 演得再对也到不了好结局，最后是 { $what }
check-sim-end-unreachable-do = 放宽起始的怒气、信任或耐心。
check-sim-dead-end = { $what } 有走不通的地方：乱演也会出格或卡死
check-sim-dead-end-do = 看需求和结局的条件。
check-sim-money-wins = { $what } 光给钱就能了结
check-sim-money-wins-do = 需求是原因的场景，钱不能替代答案。
check-sim-act-without-effect = 动作 { $what } 在这里什么都不改变
check-sim-act-without-effect-do = 换成有用的动作，或删掉它的范例。
check-sim-agent-wins = { $what } 的坐席（{ $of }）不该办成，却有 { $known }% 办成
check-sim-agent-wins-do = 把他的台词写得更机械或更空。
check-sim-agent-fails = { $what } 的坐席（{ $of }）只有 { $known }% 办成
check-sim-agent-fails-do = 看每句被听成什么，用 balm train run 试。
check-sim-agents-out-of-order = 三个坐席的怒气没有依次下降（{ $of }）：{ $known }
check-sim-agents-out-of-order-do = 机械的最高，有承诺的最低。
check-sim-draft = { $what } 还是草稿
check-sim-draft-do = 请没写过它的人把两种语言读一遍，再改成 approved。

# Training
train-trainee = 学员
train-trainer = 培训老师
train-seat = { $number }号座
train-channel = 进线渠道
train-relief = 接班的同事小林
train-code = 这个入座码不认识，或已经用过
train-code-why = 每个入座码只能用一次。
train-code-do = 请培训老师看班级屏幕上的入座行，或重新开座位。
train-live_token = { $path } 是真实工作用的凭据，训练用的语言模型会拿到它
train-live_token-why = 训练不能碰到真实的客户和凭据。
train-live_token-do = 请在 config.toml 里给语言模型另指定一个凭据文件。
train-live = { $path } 是真实工作的数据文件夹，或与它相连
train-live-why = 训练不能碰到真实的客户和凭据。
train-live-do = 用 --home 指定另一个文件夹。
train-running = { $path } 里已经有一场训练在进行
train-running-why = 两场同时进行，会互相覆盖练习记录。
train-running-do = 先退出那一场，或者用 --home 指定另一个文件夹。
