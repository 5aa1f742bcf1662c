# balm train new: a scenario from a closed ticket; scenarios of one's own.
train-own = { $file } 没法演：{ $entry }：{ $what }
train-own-why = 自备场景的文件夹要么整个用，要么整个不用。
train-own-do = 改好它（{ $remedy }），或者把文件移出去；balm check DIR --scenarios 会列出所有问题。
train-new-none = 这里没有工单 { $id }
train-new-none-why = 场景只能用这个数据文件夹里的工单来做；什么也没有写。
train-new-none-do = 请写工作台上显示的工单号，或者用 --data 指明文件夹。
train-new-open = 工单 { $id } 还没有结案
train-new-open-why = 场景要用已经结束的事来做，这一单还有人在办。
train-new-open-do = 换一张已结的工单，或者等它结案。
train-new-silent = 工单 { $id } 里客户一句话也没留下
train-new-silent-why = 场景从客户自己的话开始，这一单没有记录。
train-new-silent-do = 换一张有客户原话的工单，写的说的都行。
train-new-item = 工单 { $id } 没有事项
train-new-item-why = 备用台词按事项来选，这一单没人定过事项，自动识别也认不出。
train-new-item-do = 换一张在工作台上定过事项的工单。
train-new-name = { $path } 不能当场景的名字
train-new-name-why = 文件名就是场景编号：字母、数字和连字符，后面是 .toml。
train-new-name-do = 用 -o 换个名字，比如 -o own-leak.toml。
train-new-there = 已经有 { $path } 了
train-new-there-why = 别人改过的场景不会被覆盖。
train-new-there-do = 用 -o 换个名字，或者先把旧文件挪走。
train-new-written = { $path }：{ $count } 句来自工单，已经脱敏，其余是备用台词。
train-new-left = 剩下的要您来做：逐句读一遍，看有没有漏掉的个人信息；把工单里的话补上{ $missing ->
    [zh] 中文
   *[en] 英文
 }；再请另一个人审过。检查发现：
train-own-none = { $path } 里没有场景
train-own-none-why = 场景是 .toml 文件，里面有 [persona] 和客户说的话；这个文件夹里一个也没有。
train-own-none-do = 请指明放场景的文件夹，或者先做一个：balm train new --from 工单号
