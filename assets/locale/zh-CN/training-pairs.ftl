# 训练：对照的后半程。公开以后有没有用，什么时候评估，什么时候退下。

pair-state-kept = 留用
pair-next-judge = 该评估了
pair-next-look = { $date } 评估
deed-pair-keep = 留用：看过效果，接着给大家读
deed-pair-shelve = 退下：不再推荐，想读的人还能读
pair-out = { $date } 公开
pair-kept-on = { $date } 评估后留用
pair-look = { $date } 评估（还有 { $days } 天）
pair-look-due = 评估日 { $date } 到了
pair-retires-old = { $date } 满一年退下
pair-retires-unused = 没人读的话 { $date } 退下
pair-retired-old = { $date } 退下：满一年了
pair-retired-unused = { $date } 退下：一直没人读
pair-retired-judged = { $date } 退下：老师评估后的决定
pair-worth-readers = 读过的 { $people } 人（{ $answered } 人答了题）：{ $change }
pair-worth-others = 没读的 { $people } 人：{ $change }
pair-worth-change = { $skill } { $by } 分，{ $measured } 人前后都有成绩
pair-worth-unknown = { $skill }还看不出，没有人前后都有成绩
pair-worth-no-skill = 两边各条得分一样，没有可比的一条
debrief-rules-then = 按当时的规则打的分，规则后来改过；这里照当时的样子给你看。
debrief-rules-replayed = 分数是当时的；每一步按现在的规则重演，可能和当时不同。
trial-rules = 这里按现在的规则演，当时的规则不一样。
