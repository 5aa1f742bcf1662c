# What happens besides words in the timeline, and the words of the closed lists.
happening-opened = opened the ticket
happening-claimed = took it
happening-released = gave it back to the queue
happening-assigned = gave it to { $to }
happening-transferred = moved it to { $to }
happening-waiting = waits, next contact { $time }
happening-resumed = goes on
happening-snoozed = set aside until { $time }
happening-labelled = changed labels: { $what }
happening-priority = set the priority to { $to }
happening-promised = promised: { $deed } by { $time }
happening-promise-kept = kept the promise
happening-promise-renegotiated = agreed on another time
happening-promise-withdrawn = customer no longer wants it
happening-promise-open = promise stands again
happening-closed = closed: { $reason }
happening-overridden = set rule { $rule } aside, for this reason
happening-reopened = reopened the ticket
happening-tied = tied it to another ticket
happening-delivery-failed = did not reach the customer
happening-line-proposed = proposed this line
happening-line-approved = approved this line
happening-line-declined = declined this line
happening-line-retired = took this line out
happening-customer-changed = moved to another customer record
happening-needs-newer = this record needs a newer balm

channel-voice = phone
channel-chat = chat
channel-message = message
channel-mail = mail
channel-visit = visit
channel-api = system

tier-a = tier A
tier-b = tier B
tier-c = tier C

priority-normal = normal
priority-high = high
priority-urgent = urgent

wait-customer = the customer
wait-supplier = a supplier
wait-site = another department

close-solved = solved
close-explained = explained and accepted
close-withdrawn = withdrawn
close-duplicate = duplicate
close-no_answer = not reachable

relation-duplicate = duplicate
relation-follows_from = follows from
relation-related = related

delivery-queued = to be sent
delivery-accepted = taken by channel
delivery-delivered = delivered
delivery-failed = failed

role-agent = agent
role-senior = senior agent
role-lead = lead
role-manager = manager
role-trainer = trainer
role-admin = admin

duty-ready = ready
duty-writing = busy
duty-away = away
duty-off = off

deed-callback = Call back
deed-reply = Answer
deed-update = Progress
deed-resolve = Settled
deed-verify = Checked
deed-docs = Papers

promise-open = open
promise-kept = kept
promise-renegotiated = moved
promise-withdrawn = not wanted

identity-phone = phone
identity-mail = mail
identity-account = account

act-ack_specific = names the feeling and why
act-ack_generic = calms
act-apologise = apologises
act-own = takes it on
act-ask_open = asks openly
act-explain_cause = names the cause
act-admit_unknown_timed = says when it will be known
act-option = offers a choice
act-commit_concrete = names a time
act-confirm = sums up
act-rights_neutral = names rights
act-decline_reasoned = declines with reason
act-safety = safety first

status-open = open
status-waiting = waiting
status-snoozed = set aside
status-closed = closed
status-merged = merged

step-acknowledge = calm
step-plan = plan
step-solve_or_commit = fix or time

target-reply = answer
target-callback = call back
target-resolve = settled

preference-title = Address as
preference-language = Language
preference-language-zh = Chinese
preference-language-en = English
preference-wish = Prefers
preference-avoid = Avoid
preference-channel = Contact by
happening-overridden-for = set rule { $rule } aside: { $reason }
