# The trainer's screens: a class, one desk from near, orders, practice aloud.

# The table
class-loading = Looking who is here...
class-col-name = Name
class-col-stage = Where
class-col-level = L
class-col-title = Scenario
class-col-curve = Anger
class-col-anger = Now
class-col-trust = Trust
class-col-minutes = Min
class-col-callers = Calls
class-col-last = Last
class-col-runs = Runs
class-all = everybody
class-all-row = Everybody: { $seats ->
    [one] 1 seat
   *[other] { $seats } seats
 }, { $here } here, { $run } with a customer
class-stage-empty = empty
class-stage-gone = lost
class-stage-paused = paused
class-stage-running = on it
class-stage-lobby = choosing
class-stage-over = debrief
class-stage-release = release
class-stage-stopped = stopped

# One desk from near
class-desk-all = Everybody is selected: tasks, more callers, a lost network go to every seat. Select a seat to watch it.
class-desk-nothing = This seat has not begun anything yet.
class-desk-loading = Fetching this desk...
class-points = { $points } points
class-standing = need { $need }, commitment { $commitment }, anger { $anger }, trust { $trust }, patience { $secs } s
class-need = Behind it: { $need }
class-legend = a anger  t trust  c clarity  * the line that turned it
class-noted = your word: { $text }
class-aside-open = Open for { $secs } s{ $more }. { $who }: { $asked }
class-aside-answered = Answered after { $secs } s{ $more }: { $text } | { $who }: { $asked }
class-not-understood = not understood (counted neither way)
class-mood = (anger { $anger }, trust { $trust })

# Orders
class-stop-title = Stop
class-stop-about = Stop { $who } now? What is going on ends as it stands and can be looked back at.
class-stop-keys = Enter stops, Esc leaves it
class-level-title = Open a level
class-level-about = Open level { $level } ({ $about }) to { $who }, without waiting for the levels below.
class-level-keys = Left and Right change the level, Enter opens it, Esc leaves it
class-task-title = Set a task
class-spoken-title = Spoken practice: choose a customer
class-task-filter = Find
class-task-none = No scenario fits these words.
class-task-for = For { $who }
class-task-keys = Up/Down, Left/Right level, { $lang } language, { $pace } speed, Enter, Esc
class-task-keys-spoken = Up/Down scenario, Left/Right level, { $lang } language, Enter, Esc
class-task-keys-all = Up/Down, Left/Right level, { $lang } language, { $pace } speed, Tab one/all, Enter
class-surge-title = More callers
class-surge-about = How many more callers at once for { $who }? ({ $least } to { $most })
class-silence-title = Silence
class-silence-about = For how many seconds does the customer of { $who } say nothing? ({ $least } to { $most })
class-network-title = No network
class-network-about = For how many seconds does { $who } lose the network? ({ $least } to { $most }) Nothing written is lost.
class-number-keys = Digits or Up/Down change it, Enter sends, Esc leaves it
class-comment-title = A word on this line
class-comment-about = { $who } sees it at once, and again in the debrief.
class-question-title = The supervisor asks
class-question-about = Ask { $who } something as the supervisor; it has to be answered in between.
class-words-keys = Enter sends, Esc leaves it
class-written-title = The results are written: { $rows ->
    [one] 1 row
   *[other] { $rows } rows
 }
class-written-table = The table
class-written-pages = One page each
class-written-keys = Enter or Esc closes this

# What is said after an order
notice-class-paused = Time stands for { $who }
notice-class-goes-on = Time goes on for { $who }
notice-class-results = Results: { $table }, and { $pages ->
    [one] 1 page
   *[other] { $pages } pages
 }
notice-class-writing = Writing the results...
notice-class-watch-first = Watch this seat first (Enter), then write on one of its lines
notice-class-no-line = Nothing was said yet that a word could be about
notice-class-choose-seat = Select one seat first: this cannot be done for everybody
notice-class-nobody-there = Nobody sits there yet; the line below it says how to join
notice-class-nothing-there = This seat has not begun anything; F2 sets a task
notice-class-stopped = Stopped: { $who }
notice-class-level = Level { $level } is open: { $who }
notice-class-empty = Write something first
notice-class-range = Between { $least } and { $most }, please
notice-class-surge = { $count ->
    [one] 1 more caller
   *[other] { $count } more callers
 } for { $who }
notice-class-silence = { $count } s of silence for { $who }
notice-class-network = No network for { $count } s: { $who }
notice-class-commented = Your word was sent to { $who }
notice-class-question = The supervisor has asked { $who }
notice-class-answered = { $who } on "{ $asked }": { $text } ({ $secs } s)
notice-class-no-scenario = No scenario fits these words
notice-class-task = Set for { $who }: { $title }

# Practice aloud
spoken-none = No spoken practice yet; choose a seat in the class and begin there.
spoken-reading = Read it aloud; F6 when it is read starts the clock ({ $secs } s so far)
spoken-thinks = thinking: { $secs } s
spoken-thought = thought for { $secs } s
spoken-handed-in = handed in after { $secs } s of thinking; the customer answers...
spoken-marked = { $count } marked
spoken-words = Note
spoken-keys = A letter or digit marks, Space at the cursor, Tab: note, Enter hands in
spoken-over = The debrief is at the trainee's own seat; Enter leads back to the class.
notice-spoken-over = Spoken practice of { $name } is over: { $points } points
notice-spoken-own = Spoken practice is over. Your own words first (F7), then the score
notice-spoken-too-many = At most { $most } acts in one breath; take some away
notice-spoken-nothing = Nothing is marked; once more if nothing useful was said
notice-spoken-end-sure = End this practice? Once more ends it
