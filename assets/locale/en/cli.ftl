# Words of the command line. Errors come in three sentences: what happened, what it means for the work, what to do.
cli-io = reading or writing a file failed: {$what}
cli-io-why = This step was not finished; what had been written is still there.
cli-io-do = Check the file and the disk, then run the same command again.
cli-disk_full = the disk is full: nothing can be written to {$path}
cli-disk_full-why = New work cannot be kept; what was saved is safe.
cli-disk_full-do = Free some space and start again; drafts and waiting replies are where they were.
cli-read_only = the data folder {$path} cannot be written ({$what})
cli-read_only-why = There is nowhere to keep drafts and waiting replies, so balm did not start.
cli-read_only-do = Change the folder's permissions, or name another one with --data.
cli-folder = the data folder {$path} cannot be opened ({$what})
cli-folder-why = balm cannot work without it; nothing was changed.
cli-folder-do = Name another folder with --data.
cli-config = the settings file {$path} has a fault: {$what}
cli-config-why = balm did not start, so as not to work by wrong settings; no data was touched.
cli-config-do = Mend that line and start again; without the file the defaults apply.
cli-content = the content that ships with balm has a fault: {$what}
cli-content-why = With broken rules no time may be promised, so balm did not start.
cli-content-do = Install balm again; if you changed the content yourself, change it back.
cli-listen = cannot listen on {$addr}: {$what}
cli-listen-why = The server did not start; no data was touched.
cli-listen-do = If the port is taken, choose another with --listen; to serve others, put a TLS proxy in front and add --behind-proxy.
cli-not_loopback = {$addr} is not an address of this machine alone, so balm does not listen there
cli-not_loopback-why = balm does no encryption of its own; customers' data and tokens would travel in the clear.
cli-not_loopback-do = Let a proxy do TLS and add --behind-proxy, or use 127.0.0.1.
cli-running = another balm is using this data folder ({$addr})
cli-running-why = Two programs writing one log would damage it, so nothing was done.
cli-running-do = Quit the other one first, or do it there.
cli-not_empty = there is data in {$path} already
cli-not_empty-why = Generated data would mix with it, so nothing was written.
cli-not_empty-do = Name an empty folder.
cli-no_user = there is no account with the login {$name}
cli-no_user-why = Nothing was changed.
cli-no_user-do = See the accounts with balm user list.
cli-token = the server does not accept this token
cli-token-why = It is wrong or was taken back; nothing was read or changed.
cli-token-do = Ask an admin for a new one (balm token new) and point --token-file at it.
cli-server = the server cannot be reached: {$what}
cli-server-why = Nothing was read or changed.
cli-server-do = Check address and network, then try again.
cli-refused = the server did not accept it: {$what}
cli-refused-why = Nothing was changed.
cli-refused-do = Change what the reason names and try again.
cli-log = the log cannot be used: {$what}
cli-log-why = Its content was not touched.
cli-log-do = If it is newer, open it with a newer balm; if it is damaged, put a backup back with balm restore.
cli-not_found = there is no {$what}
cli-not_found-do = Check the name and the path.
cli-not_admin = an export in clear needs an admin
cli-not_admin-why = It would hold everything about every customer, so nothing was written.
cli-not_admin-do = Name an admin with --as, or leave --raw out for the masked form.
cli-size = {$what} is no size
cli-size-do = Write it like 160x45.
cli-date = {$what} is no date
cli-date-do = Write it like 2026-11-22.
cli-no_terminal = this is no terminal, so the console cannot be drawn
cli-no_terminal-why = balm's screen needs a terminal window.
cli-no_terminal-do = Run it in a terminal, without pipes on its input and output.
cli-serving = serving on {$addr}
cli-stopped = stopped; everything is written.
cli-user_added = added the account {$name} ({$role})
cli-token_made = token {$id} is in {$path} (only you can read it)
cli-token_revoked = token {$id} is revoked
cli-backup_done = the copy is in {$path}
cli-restore_done = restored. Desks fetch a whole picture when they connect next.
cli-progress = {$done} done, {$rate} a second{$left}
cli-progress-left = , about {$secs} s left
cli-import_done = imported {$tickets} tickets with {$turns} turns; {$known} were there already; {$rejected} lines were not taken.
cli-import_resumed = going on at line {$line}
cli-generate_done = wrote {$tickets} tickets and {$events} events in {$secs} s
cli-replica_done = the desk's replica is filled, in {$secs} s
cli-report-title = {$date}, by desk
cli-doctor-ok = good
cli-doctor-bad = not good
cli-keys-start = Press each key when it is named; one that does not arrive is passed over after 5 s. Ctrl-Q ends early.
cli-keys-press = Press {$key} ({$what})
cli-keys-arrived = arrived
cli-keys-other = arrived as {$key}
cli-keys-missing = did not arrive
cli-keys-summary = {$all} keys, {$missing} did not arrive: {$names}
cli-keys-all = {$all} keys, all arrived.
cli-local-admin = Local admin
cli-doctor-terminal = terminal
cli-doctor-encoding = encoding
cli-doctor-folder = data folder
cli-doctor-log = log
cli-doctor-calendar = calendar
cli-doctor-content = items / entries
cli-doctor-keymap = own keys
cli-doctor-found = {$count} not good
cli-doctor-found-why = The lines marked above get in the way of work.
cli-doctor-found-do = Mend them and run balm doctor again.
cli-report-head-agent = agent
cli-report-head-handled = handled
cli-report-head-replies = replies
cli-report-head-response = answered in time
cli-report-head-solution = solved
cli-report-head-first = at first contact
cli-report-head-kept = promises kept
cli-report-head-late = promises late
cli-report-head-overdue = overdue
cli-report-nobody = (nobody)
cli-report-total = total
cli-file = { $path } cannot be used: { $what }
cli-file-why = Nothing was done with it.
cli-file-do = Check the name, the path and its permissions.
cli-exists = { $path } is there already
cli-exists-why = It was not written over.
cli-exists-do = Name another file.
cli-newer = { $path } was written by a newer balm (schema { $found }, this program knows up to { $known })
cli-newer-why = An older program could damage it, so it was not touched.
cli-newer-do = Open it with that newer balm.
cli-damaged = { $path } is damaged or was never a log: { $what }
cli-damaged-why = It was left as it is.
cli-damaged-do = Put a backup back with balm restore; the damaged file is kept beside it.
cli-no_token = there is no token with the id { $id }
cli-no_token-why = Nothing was changed.
cli-no_token-do = See the ids with balm token list.
cli-token_file = the token file { $path } cannot be read: { $what }
cli-token_file-why = Without a token no server lets this desk in; nothing was changed.
cli-token_file-do = Point --token-file at the right file, or ask an admin for a new one (balm token new).
cli-token_empty = there is no token in { $path }
cli-token_empty-why = Without a token no server lets this desk in; nothing was changed.
cli-token_empty-do = Put the file there that balm token new wrote.
cli-address = this is no server address: { $addr }
cli-address-why = Nothing was sent anywhere.
cli-address-do = Write it like https://host, or http://127.0.0.1:7878 on this machine.
cli-config-unknown = line { $line }: there is no setting { $name } (there are { $known })
cli-line = line { $line }: { $what }
cli-here = this folder
cli-import_broken = the file breaks off or is damaged at line { $line }: { $what }
cli-import_broken-why = The lines before it are imported.
cli-import_broken-do = Get the file again whole and import it once more; nothing is taken twice.
cli-import_empty = there is no ticket in the file
cli-import_empty-why = Nothing was imported.
cli-import_empty-do = Check that it is the right file: one ticket a line, as JSON.
cli-import_rejects = { $count } lines were not taken
cli-import_rejects-why = They stand with their numbers and reasons in { $path }; everything else is imported.
cli-import_rejects-do = Mend them there or in the file and import again; nothing is taken twice.
cli-os-not_found = there is no such file
cli-os-denied = no permission
cli-os-is_folder = it is a folder, not a file
cli-os-no_folder = part of the path is no folder
cli-os-exists = it is there already
cli-os-rubbish = its content is damaged or no UTF-8 text
cli-os-cut = it ends too early
cli-os-read_only = it can only be read
cli-os-full = the disk is full
cli-os-in_use = the port is taken by another program
cli-os-no_address = this machine has no such address
cli-log_there = the server's log
cli-check-good = The content is in order ({ $files } files).
cli-check-found = { $count } things are wrong with the content
cli-check-found-why = Content with faults must not speak to customers.
cli-check-found-do = Mend what the lines above name and run balm check again.
check-toml = { $known ->
    [quote] a quotation mark is missing, or a text stands without them: { $what }
    [bracket] a bracket is not closed, or a list or table does not end: { $what }
    [comma] a list has a comma too many or too few: { $what }
    [equals] this line is no key = value: { $what }
    [twice] the same key stands twice: { $what }
   *[other] this line is no TOML: { $what }
}
check-toml-do = { $known ->
    [quote] Put the text between straight quotation marks.
    [bracket] Close it with the bracket of its kind.
    [comma] Put one comma between the entries of a list.
    [equals] Write key = value, with an equals sign between.
    [twice] Keep one of them.
   *[other] Mend this line: quotes, brackets and equals signs in pairs.
}
check-unread-file = nothing reads the file { $what }
check-unread-file-do = Put it into the shipped file of that name, or into playbook/, library/, lexicon/lint/ or lexicon/tests/.
check-unknown-key = { $of } has a key that nobody knows: { $what }
check-unknown-key-do = Remove it, or use one of: { $known }.
check-missing-key = { $of } has no { $what }
check-missing-key-do = Add it.
check-missing-language = { $what } of { $of } is not written
check-missing-language-do = Both Chinese and English are needed; write the missing one.
check-unknown-value = "{ $what }" is not known here
check-unknown-value-do = Use one of: { $known }.
check-unknown-item = the taxonomy has no item { $what }
check-unknown-item-do = Use one of: { $known }.
check-unknown-need = there is no need called "{ $what }"
check-unknown-need-do = Use one of: { $known }.
check-unknown-act = there is no act called "{ $what }"
check-unknown-act-do = Use one of: { $known }.
check-unknown-part = there is no part called "{ $what }"
check-unknown-part-do = Use one of: { $known }.
check-unknown-slot = a slot is wrong: { $what }
check-unknown-slot-do = Use one of: { $known }.
check-slot-in-one-language = { $what } stands in one language only
check-slot-in-one-language-do = Use the same slots in Chinese and English.
check-misplaced-key = { $what } does not go with this part
check-misplaced-key-do = Only lines of the part { $known } have { $what }, and they must.
check-bad-day = "{ $what }" is no day, or ends before it begins
check-bad-day-do = Write it like 2027-12-31, the first day not after the last.
check-expired = { $what } is over
check-expired-do = Read the words again and set a new day; if they are no longer used, retire or remove them.
check-file-name = the id { $what } does not go with the file name { $known }
check-file-name-do = Name the file after the id, or change the id.
check-twice = the id { $what } is used twice, first at { $of }
check-twice-do = Give one of them another id.
check-unserved-item = no approved entry serves the item { $what }
check-unserved-item-do = Write one with status = "approved", or approve a draft.
check-missing-part = { $of } has no line for: { $what }
check-missing-part-do = Empathize, explain (also for an unknown cause), commit and confirm are all needed.
check-few-empathize = { $of } has one line only that empathizes with a customer who is { $what }
check-few-empathize-do = Write another one, since nobody hears the same comfort twice; or do not claim this band.
check-commit-time = a commitment names { $what } times
check-commit-time-do = Use exactly one { "{" }due.x{ "}" } slot.
check-many-times = a line names { $what } times
check-many-times-do = Split it; one time a line at most.
check-bare-decline = { $of } declines and has no line of the part { $what }
check-bare-decline-do = Beside a decline stand the customer's rights and an alternative (options).
check-breath = too long for one breath ({ $of }, at most { $known }): { $what }
check-breath-do = Make two sentences of it, or say less.
check-same-line = these are the words of { $of }: { $what }
check-same-line-do = Say it differently; nobody should hear the same words twice.
check-own-lint = { $of } fails the lint rule { $what }: { $known }
check-own-lint-do = Rewrite it by that rule before it is used.
check-no-words = { $what } has no words and will never be found
check-no-words-do = Write some that customers use.
check-checks = { $what } has { $of } first checks
check-checks-do = Write exactly three in each language.
check-untested-group = the group { $what } has no sentence in { $known }
check-untested-group-do = Add to lexicon/tests/: one that must be heard and one that comes near and must not, in both languages.
check-unknown-group = there is no group { $what }
check-unknown-group-do = Write it like item:A1, act:ack, signal:legal or lint:vague-time, or remove the test.
check-no-hit = the group { $of } does not hear: { $what }
check-no-hit-do = Add words to the group ({ $known }), or change the sentence.
check-near-hit = the group { $of } hears what it must not: { $what }
check-near-hit-do = Make the words of the group ({ $known }) narrower, or change the sentence.
check-unusable = { $known ->
    [key] there is no key of this name here: { $what }
    [missing] something needed is missing: { $what }
    [type] the value is of another kind than in the shipped file: { $what }
    [value] this name is not on the list: { $what }
    [pattern] the pattern is badly written: { $what }
    [twice] this id stands twice: { $what }
    [group] a rule asks for this group and no file has it: { $what }
    [owner] the lexicon lacks its owner or the day of its review: { $what }
    [day] the day or the hours are badly written: { $what }
    [number] the number is out of its range: { $what }
    [language] the text of one language is missing: { $what }
    [slots] there are too many or too few slots or times: { $what }
    [locked] this rule cannot be set like this: { $what }
    [words] no words lead to it: { $what }
    [place] this stands in the wrong place: { $what }
   *[other] the content cannot be used: { $what }
}
check-unusable-do = { $known ->
    [key] Use a key of the shipped file, or take the line out.
    [missing] Add it as the shipped file has it.
    [type] Compare it with the shipped file of the same name.
    [value] Choose one from the list in the shipped file.
    [pattern] Put words at both ends; write choices as (a|b), none inside another.
    [twice] Keep one, and give the other another id.
    [group] Add a [[group]] with this id to the lexicon.
    [owner] Begin the file with owner and review, the day as 2027-12-31.
    [day] Write days as 2027-12-31 and hours as 09:00-20:00, the earlier first.
    [number] Bring it into the range.
    [language] Write it in Chinese and in English.
    [slots] Write one time into a commitment and at most one elsewhere, with the same slots in both languages.
    [locked] Rules of law and privacy stay; the others can only be lowered or switched off.
    [words] Add words that customers use, or take it out.
    [place] Move it to where the shipped file has such things.
   *[other] Compare it with the shipped file of the same name.
}
cli-pack = your own content in { $path } does not pass its check in { $count } places; the first, { $file } line { $line }: { $what }
cli-pack-why = The content that ships is used meanwhile, so nobody's work stops.
cli-pack-do = { $remedy } Run balm check with this folder to see all of them.
cli-pack-items = the list of items belongs to the program; a pack cannot bring taxonomy.toml
cli-pack-items-do = Take taxonomy.toml out of the folder.
cli-model = the model {$path} cannot be used: {$what}
cli-model-why = The shipped model reads instead where there is one to fall back on.
cli-model-do = Train it again with balm coach train, or take the file away.
cli-line-bad = line {$line}: {$what}; write one object a line: {"{"}"id":"...","lang":"zh","text":"..."{"}"}
cli-line-utf8 = it is no UTF-8
cli-line-long = it is too long
cli-lines_bad = {$count ->
    [one] 1 line could not be read
   *[other] {$count} lines could not be read
}
cli-lines_bad-why = They were left out; all others are answered.
cli-lines_bad-do = Mend the lines named above and run the command again.
cli-training = a labelled line has a fault: {$what}
cli-training-why = Nothing was trained and no file was written.
cli-training-do = Mend that line and run the command again.
cli-no_lines = there is nothing to learn from
cli-no_lines-why = The files hold no lines, and no closed ticket has an item that a person confirmed.
cli-no_lines-do = Name labelled files with --from, or a data folder with --closings.
cli-closings = {$count} closed tickets with a confirmed item.
cli-trained = trained on {$lines} lines; {$bytes} bytes in {$path}.

# Training
cli-check-agent = { $agent }: { $resolved } of { $of } resolved, anger left { $anger };
cli-check-at = scenario { $done } of { $all }
cli-scenario = there is no scenario { $id }
cli-scenario-why = Training begins with a scenario that exists.
cli-scenario-do = balm train list tells which there are.
cli-train-line = line { $line } cannot be read: { $what }
cli-train-line-why = The agent's words stand one to a line; nothing after it was played.
cli-train-line-do = Write a JSON string a line, or {"{"}"text":"...","think_ms":3000{"}"}.
check-sim-unusable = the scenario cannot be read: { $what }
check-sim-unusable-do = { $known }
check-sim-twice = the id { $what } is used twice
check-sim-twice-do = Give one of them another id, and the file another name.
check-sim-few-lines = too few lines for "{ $what }" ({ $of }): { $known } at least
check-sim-few-lines-do = Write more of them without after.
check-sim-wrong-language = a line in the wrong language: { $what }
check-sim-wrong-language-do = Chinese goes into zh, English into en, and both are written.
check-sim-long-line = a line too long to be said: { $what }
check-sim-long-line-do = Split it: at most 60 Han characters or 45 English words.
check-sim-opening-tells = the opening gives the hidden need away: { $what }
check-sim-opening-tells-do = The opening is about the surface; keep the need for hint and reveal.
check-sim-unreachable-line = no play ever gets to this line: { $what }
check-sim-unreachable-line-do = Change its when or band, or take it out.
check-sim-few-exemplars = too few exemplars of { $what }
check-sim-few-exemplars-do = Three or more in each language, each said another way.
check-sim-exemplar-unheard = the exemplar "{ $what }" is not heard as { $of } but as { $known }
check-sim-exemplar-unheard-do = Say it in words that are more plainly this act.
check-sim-few-facts = the customer knows too little
check-sim-few-facts-do = Write four [[fact]] or more, some of them told.
check-sim-unknown-need = unknown need: { $what }
check-sim-unknown-need-do = Use a name of needs.toml.
check-sim-no-second-caller = the second caller { $what } is no scenario
check-sim-no-second-caller-do = Name one that exists.
check-sim-storm-late = a storm after { $what } seconds comes when most runs are over
check-sim-storm-late-do = Put it into the first four minutes.
check-sim-no-trap = there is no trap
check-sim-no-trap-do = Write one [[trap]] or more; money before the need is the usual one.
check-sim-need-unreachable = no play gets to the need ({ $what })
check-sim-need-unreachable-do = Look at direct, at the trust it begins with, and at the lines that reveal it.
check-sim-end-unreachable = even played right it ends as { $what }
check-sim-end-unreachable-do = Begin with less anger, more trust or more patience.
check-sim-dead-end = { $what } can get stuck or out of bounds
check-sim-dead-end-do = Look at the conditions of need and ends.
check-sim-money-wins = money alone ends { $what }
check-sim-money-wins-do = Where the need is a cause, money must not stand for the answer.
check-sim-act-without-effect = the act { $what } changes nothing here
check-sim-act-without-effect-do = Take another act, or take its exemplars out.
check-sim-agent-wins = the { $what } agent ({ $of }) should fail and resolves { $known } %
check-sim-agent-wins-do = Make its lines more mechanical, or emptier.
check-sim-agent-fails = the { $what } agent ({ $of }) resolves only { $known } %
check-sim-agent-fails-do = See what each line is heard as; try them with balm train run.
check-sim-agents-out-of-order = anger does not fall from agent to agent ({ $of }): { $known }
check-sim-agents-out-of-order-do = Mechanical the highest, committing the lowest.
check-sim-draft = { $what } is a draft
check-sim-draft-do = Let somebody who did not write it read both languages, then write approved.

# Training
train-trainee = Trainee
train-trainer = Trainer
train-seat = Seat { $number }
train-channel = Incoming channel
train-relief = Lin (next shift)
train-code = This seat code is not known, or was used already
train-code-why = A seat code works once.
train-code-do = Ask the trainer for the join line on the class screen, or for a new seat.
train-live_token = { $path } is the token of live work, and the language model of training would get it
train-live_token-why = Training must not touch real customers or tokens.
train-live_token-do = Give the language model a token file of its own in config.toml.
train-live = { $path } is the data folder of live work, or lies above or below it
train-live-why = Training must not touch real customers or tokens.
train-live-do = Name another folder with --home.
train-running = another training goes on in { $path }
train-running-why = Two at once would write over each other's runs.
train-running-do = Quit the other one first, or name another folder with --home.
