# Reviews (QA): the screen, the card, calibration, figures.

quality-tab-due = To review
quality-tab-reviews = Reviews
quality-tab-calibration = Two raters
quality-tab-figures = Figures
quality-month = { $month }, drawn { $at }
quality-month-away = { $month }, drawn { $at }; the server cannot be asked now
quality-due-asking = Asking the server what this month wants reviewed ...
quality-due-away = The server cannot be asked now. Appeals, second ratings and reviews to talk over are shown here all the same.
quality-empty-due = Nothing waits to be reviewed.
quality-empty-reviews = No reviews yet.
quality-empty-calibration = Nothing was rated by two yet. Press { $key } on a card to ask for a second rater.
quality-empty-figures = No review was told in these days.
quality-two = two raters
quality-begun = begun
quality-news = new
quality-failed = failed
quality-passed = passed
quality-load = The month so far
quality-load-row = { $name }: { $rated } of { $wanted } rated, { $units } tickets
quality-load-open = { $n ->
    [0] Everybody has their number.
    [one] One colleague still lacks reviews.
   *[other] { $n } colleagues still lack reviews.
 }
quality-green = Green lane: nothing goes out unread yet, so there is nothing of it to review.
quality-raters = Rated by { $names }
quality-error = Critical: { $name }
quality-errors = { $name }: { $n }
quality-drill = To practise: { $item } -> "{ $skill }" in training
quality-drill-scenario = Play next: { $title } ({ $id })
quality-skill-acknowledged = Acknowledge
quality-skill-need_found = Find the need
quality-skill-cause = Explain the cause
quality-skill-commitment = Commit
quality-skill-recap = Recap
quality-skill-language = Wording
quality-appeal-until = An appeal is open until { $at }
quality-team = Everybody
quality-units = { $n ->
    [one] 1 unit
   *[other] { $n } units
 }
quality-share = { $share } ({ $of }/{ $all }), 95%: { $low } to { $high }
quality-no-base = nothing looked at
quality-accuracy = Without critical error, the last { $days } days
quality-means = Mean level of each item (0 to 4)
quality-mean = { $level } ({ $n ->
    [one] 1 unit
   *[other] { $n } units
 })
quality-differences = { $n ->
    [0] together
    [one] 1 apart
   *[other] { $n } apart
 }
quality-calibrated = { $units ->
    [one] 1 unit rated by two
   *[other] { $units } units rated by two
 } in 90 days; { $week } of { $wanted } this week
quality-agreement = Within one level: { $within } (at least { $bar })   Critical, kappa: { $kappa } (at least { $kappabar })
quality-per-item = Item by item
quality-within = { $within } within one level, { $same } of { $n } the same
quality-kappa = kappa { $kappa } of { $n } pairs
quality-kappa-none = { $n } pairs, all alike: no kappa
quality-rewrite = rewrite: below the bar twice
quality-pair = The selected one
quality-alike = Both marked everything alike.
quality-apart = apart

review-why-monthly = monthly
review-why-missed_promise = promise missed
review-why-random = by chance
review-why-asked = asked for
review-stage-awaits_second = 2nd rater due
review-stage-apart = talk it over
review-stage-told = told
review-stage-appealed = appealed
review-class-compliance = compliance
review-class-customer = customer
review-class-business = business
review-found-yes = yes
review-found-no = no
review-found-unseen = -
review-mode-rate = Rate
review-mode-agree = Talk it over
review-mode-answer = Answer the appeal
review-mode-appeal = My review
review-mode-read = Review
review-you-second = you are the second rater; the first one's marks are hidden
review-drawn-two = drawn for two raters
review-asks-second = a second rater is asked
review-not-here = This ticket is not on this desk, and the server cannot be asked now. Esc, and try again online.
review-keys-critical = y there is one   n there is none   - could not be seen
review-keys-level = 0 to 4 the level   - could not be seen
review-keys-note = Enter or Tab to write
review-note-rate = Note to the agent:
review-note-agree = What we agreed, to the agent:
review-note-answer = Answer to the appeal:
review-note-appeal = My appeal:
review-note-read = What was written:
review-hint-rate = What was good, and one thing to do differently next time
review-hint-agree = What we saw differently and how we read it now
review-hint-answer = Why it stands, or what was changed
review-hint-appeal = What the raters could not see or read differently
review-hint-read = Nothing was written
review-wrote-note = { $who } noted:
review-wrote-agreed = Agreed, written down by { $who }:
review-wrote-appeal = { $who } appealed:
review-wrote-changed = { $who } answered and changed the marks:
review-wrote-stands = { $who } answered; the review stands:

status-reviews = { $n ->
    [one] 1 new review of your words
   *[other] { $n } new reviews of your words
 }
notice-reviews-news = { $count ->
    [one] One of your reviews holds something new; see Reviews
   *[other] { $count } of your reviews hold something new; see Reviews
 }
notice-review-raters = Leads and trainers review; your own reviews are under Reviews
notice-review-where = Open the ticket first, then rate what was said last on it
notice-review-nothing = No colleague has said anything on this ticket yet
notice-review-second-where = Open a card first, then ask for a second rater
notice-review-is-second = This review has its raters
notice-review-drawn = This one was drawn for two raters already
notice-review-kept = The card is put aside as it is; open it again to go on
notice-review-read-only = There is nothing to hand in here
notice-review-words = Write a few words first
notice-review-blank = Nothing is marked yet
notice-review-old-card = This review was made with another card; its marks cannot be changed any more
notice-review-open = Still open between the two of you: { $name }
notice-review-rate = Rated
notice-review-agree = Written down
notice-review-answer = Answered
notice-review-appeal = Your appeal is on its way
notice-review-read = There is nothing to hand in here

refusal-own_words = nobody reviews their own words
refusal-rated = this review has its marks already
refusal-not_double = one rater was enough here, and somebody was first
refusal-awaits_second = the second rater is not in yet
refusal-no_appeal = there is nothing to appeal against, or nothing to answer
refusal-appeal_late = the time for an appeal is over

training-no-rated = This run has its marks already.
training-no-awaits_second = The second trainer is not in yet.
training-no-own_words = Nobody rates their own run.
training-no-bad_marks = These marks do not fit the card, or the note is too long.

check-card-toml = the card cannot be read: { $what }
check-card-toml-do = Compare the line with the shipped card.
check-card-id = "{ $what }" is no name
check-card-id-do = Use small letters and _, at most 32 of them.
check-card-twice = the name { $what } stands twice
check-card-twice-do = Give one of the two another name.
check-card-empty = { $of } has no { $what }
check-card-empty-do = Write it: both languages are needed.
check-card-levels = { $of } has not five anchors in { $what }
check-card-levels-do = Write one for each level from 0 to 4.
check-card-same = { $what } of { $of } says the same as another level
check-card-same-do = An anchor must tell its level from the others.
check-card-class = there is no critical error of the class { $what }
check-card-class-do = Add at least one.
check-card-number = { $what } is out of range
check-card-number-do = Thousandths go up to 1000; counts begin at 1.
check-card-drill = { $of } is practised by "{ $what }", which is no skill
check-card-drill-do = Use one of: { $known }.
