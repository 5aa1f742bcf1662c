# Why something cannot be done in training, and what a training writes into a ticket's notes.

training-no-no_seat = This account has no seat in the training.
training-no-trainer_only = Only a trainer can do that.
training-no-trainee_only = Only a trainee's seat can do that.
training-no-running = A contact is still going on. Finish it first.
training-no-not_running = No contact is going on.
training-no-release = The quiet minute is not over yet. Let it run.
training-no-held = The trainer has stopped the clock. Only the trainer can let it run again.
training-no-no_contact = This ticket is not one of your training contacts.
training-no-over = This contact is over already.
training-no-no_storm = That has been answered already.
training-no-level_reads = Level 0 is for reading: open a lesson or a pair.
training-no-no_level = There are levels 0 to 5, no others.
training-no-level_closed = This level is not open to you yet. Master the one below first, or ask your trainer.
training-no-not_this_level = This scenario is not made for that level.
training-no-no_scenario = There is no such scenario.
training-no-empty = Write something first.
training-no-office = It could not be written down. Look at the disk, then try again.

training-note-head = What our systems know:
training-note-history = Earlier contacts:
training-note-cause = Cause: { $cause }
training-note-value = { $what }: { $value }
training-note-farewell = The customer's last words: { $words }
