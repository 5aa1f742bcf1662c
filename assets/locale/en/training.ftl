# Training: the mark, the seat, choosing, and the names of acts, criteria, ends.

# The mark
training-mark = TRAINING
training-foot = Training: every customer here is simulated
training-away = the training does not answer
training-level = level { $level }
training-paused = time stands
training-slow = half speed
training-brisk = brisk
training-shift = shift over: note + release
training-callers = { $count } callers
training-cut = no network
training-contact-over = this contact is over
training-speaks = speaking, { $secs } s
training-own = you speak, { $secs } s
training-anger = anger { $value }
training-trust = trust { $value }
training-patience = patience { $value }%

# Lines to choose from, what comes in between, the release
offers-title = Choose what to say
offers-about = A digit or Enter puts it into the box, where it can be changed; Ctrl-S sends, F7 records it as said.
storm-about = Write a word back and press Enter; Esc puts it off, and it comes back in 20 s or after your next line.
storm-about-again = They are back. Write a word and press Enter; Esc puts it off once more, and your words are kept.
storm-about-now = Put off twice already: this time it wants a word. Write it and press Enter.
release-title = One minute to let go
release-words = That was a rough stretch. For this minute there is nothing to do: drop your shoulders and breathe with the bar. Nobody sees this and nothing is scored.
release-in = breathe in
release-out = breathe out
release-left = { $secs } s left
release-over = Done. Enter leads to the debrief.

# Choosing
lobby-loading = Reading what there is to practise...
lobby-running = A contact is going on: Enter leads back to the queue.
lobby-task = Your trainer set: { $title } (level { $level })
lobby-slow = speed: half
lobby-real = speed: as a call
lobby-brisk = speed: brisk
lobby-zh = the customer speaks Chinese
lobby-en = the customer speaks English
lobby-none = No scenario is made for this level; Left and Right change it.
lobby-col-title = Scenario
lobby-col-item = Item
lobby-col-expected = Chance
lobby-col-best = Best
lobby-col-due = Due
lobby-due = due
lobby-due-count = { $count } skills are due again
lobby-levels = Levels (+ mastered, o open, - closed)
lobby-live = Levels 0 to 3 are mastered: live work is open.
lobby-not-live = Before live work: levels 0 to 3, each with 85 points on two days and nothing critical.
lobby-skills = Skills (latest results at the right)
lobby-runs = Latest runs (points, level, scenario, end)
level-0 = read two handlings side by side
level-1 = choose lines, no clock
level-2 = choose lines, with the clock
level-3 = free words, with the clock
level-4 = interruptions, lost network, a second caller
level-5 = abuse and threats as well

# Acts
heard-ack-specific = acknowledged it by name
heard-ack-generic = acknowledged in general
heard-apologise = apologised
heard-own = took it on
heard-ask-open = asked openly
heard-ask-closed = asked for a fact
heard-ask-known = asked what was known
heard-paraphrase = said it back
heard-safety = cared for safety
heard-process-only = procedure and nothing else
heard-explain-cause = named the cause
heard-admit-unknown-timed = said not known yet, and by when
heard-option = offered a choice
heard-commit-concrete = concrete promise
heard-commit-vague = promise without a time
heard-confirm = checked and summed up
heard-decline-reasoned = declined with a reason
heard-rights-neutral = named the rights
heard-thanks = thanked
heard-policy-shield = hid behind a rule
heard-excuse-busy = excused with being busy
heard-transfer-cold = sent away
heard-forbidden = forbidden words
heard-interrupt = spoke over the customer
heard-boundary = drew the line

# Criteria
criterion-acknowledged = Acknowledged
criterion-need-found = Need found
criterion-cause = Cause
criterion-commitment = Commitment
criterion-recap = Recap
criterion-language = Language

# Ends
end-friend = left as a friend
end-resolved = settled
end-grudging = settled, grudgingly
end-supervisor = wants the supervisor
end-outside = went to an outside body
end-hang-up = hung up
end-by-policy = ended by policy
end-left = ended with the need open
end-handed-over = handed over
end-broken-off = broken off

# Moments
moment-not-understood = not understood (never counted)
moment-need-hinted = a hint fell
moment-need-revealed = the need was said
moment-need-met = the need was answered
moment-committed = a commitment stands
moment-confirmed = confirmed
moment-misread = read back a wrong number (not confirmed)
moment-beside-the-need = beside the need
moment-demand-up = the demand rose
moment-demand-down = the demand fell
moment-supervisor-demanded = demanded the supervisor
moment-outside-named = named an outside body
moment-abused = became abusive
moment-warned = was warned
moment-interrupted = was spoken over
moment-silence = waited in silence
moment-held-too-long = held too long
moment-ended = it ended

# Why a number moved
why-act = the words
why-repeat = said before: half
why-early = before an acknowledgement
why-fit = fit to the need
why-persona = this customer's temper
why-long = too long
why-unprovoked = unprovoked
why-silence = silence
why-time = waiting
why-hold = on hold
why-again = not understood
why-chance = chance
why-bound = at the limit

# The three agents
agent-kind-mechanical = mechanical
agent-kind-sympathetic = sympathy only
agent-kind-committing = sympathy and a concrete promise

# Where a seat is
stage-empty = empty
stage-lobby = choosing
stage-running = in contact
stage-over = debrief
stage-release = release
stage-stopped = stopped

# How far the need came
need-stage-hidden = hidden
need-stage-hinted = hinted
need-stage-revealed = said
need-stage-met = answered

# Commitments
commitment-none = none
commitment-vague = vague
commitment-concrete = concrete
commitment-confirmed = confirmed

# What comes in between
storm-second-caller = Another caller
storm-silence = Silence on the line
storm-abuse = Abuse
storm-interruption = Somebody interrupts
storm-network = The network is gone
storm-shift-change = The shift is over
storm-question = The supervisor asks

# Turns without words
turn-quiet = said nothing
turn-hold = on hold
turn-storm = in between
turn-close = ended the contact
turn-marked = said aloud (marked by an observer)
turn-aside = somebody asked
turn-aside-answered = ({ $who }: { $asked } Answered: { $text } after { $secs } s{ $more })
turn-aside-open = ({ $who }: { $asked } Never answered, { $secs } s{ $more })
turn-aside-put-off = { ", " }put off: { $count }

# Numbers
number-anger = anger
number-trust = trust
number-clarity = clarity
number-face = face
number-patience = patience
