# Training: the second half of a pair's life. Whether it is of use once it is out, when it is looked at, when it is retired.

pair-state-kept = kept
pair-next-judge = evaluate now
pair-next-look = { $date } evaluate
deed-pair-keep = Keep it: its effect was looked at, everybody goes on reading it
deed-pair-shelve = Retire it: no longer offered, still there for whoever wants to read
pair-out = Public { $date }
pair-kept-on = Kept on { $date }
pair-look = Evaluate on { $date } ({ $days ->
    [one] one day left
   *[other] { $days } days left
 })
pair-look-due = Evaluation due { $date }
pair-retires-old = Retires { $date }, a year old
pair-retires-unused = Retires { $date } if unread
pair-retired-old = Retired on { $date }: a year old
pair-retired-unused = Retired on { $date }: nobody read it
pair-retired-judged = Retired on { $date }: the trainer's decision
pair-worth-readers = { $people ->
    [one] One reader
   *[other] { $people } readers
 } ({ $answered } answered): { $change }
pair-worth-others = { $people ->
    [one] One other
   *[other] { $people } others
 }: { $change }
pair-worth-change = { $skill } { $by } points, { $measured } measured
pair-worth-unknown = { $skill } cannot be told, nobody has results before and after
pair-worth-no-skill = the two sides score the same, so there is nothing to measure
debrief-rules-then = Scored by the rules of then; shown as it was. They have changed since.
debrief-rules-replayed = The points are those of then; the turns are replayed by today's rules.
trial-rules = This plays by today's rules; those of then were different.
