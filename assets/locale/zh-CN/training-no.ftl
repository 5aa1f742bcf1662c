# 训练里为什么做不了，以及训练写进工单备注的话。

training-no-no_seat = 这个账号在训练里没有座位。
training-no-trainer_only = 这个只有教练能做。
training-no-trainee_only = 这个只有学员的座位能做。
training-no-running = 还有客户没结束，先把这一通处理完。
training-no-not_running = 现在没有正在进行的客户。
training-no-release = 缓一缓的一分钟还没到，先歇会儿。
training-no-held = 教练把时间停住了，只有教练能让它继续。
training-no-no_contact = 这张工单不是你训练里的客户。
training-no-over = 这一通已经结束了。
training-no-no_storm = 这个已经回过了。
training-no-level_reads = 第0级是看的：打开一课，或者看一组对照。
training-no-no_level = 只有第0级到第5级。
training-no-level_closed = 这一级还没对你开放。先练好前一级，或者请教练打开。
training-no-not_this_level = 这个场景没有这一级。
training-no-no_scenario = 没有这个场景。
training-no-empty = 先写点什么。
training-no-office = 没能存下来。看看磁盘，再试一次。

training-note-head = 系统里查到的：
training-note-history = 之前的联系：
training-note-cause = 原因：{ $cause }
training-note-value = { $what }：{ $value }
training-note-farewell = 客户最后说：{ $words }
