# balm train new: a scenario from a closed ticket; scenarios of one's own.
train-own = { $file } cannot be played: { $entry }: { $what }
train-own-why = A folder of scenarios is used whole or not at all.
train-own-do = Mend it ({ $remedy }), or move the file out of the folder; balm check DIR --scenarios tells everything that is wrong with it.
train-new-none = there is no ticket { $id } here
train-new-none-why = A scenario is made from a ticket of this data folder; nothing was written.
train-new-none-do = Give the number that stands on the desk, or name the folder with --data.
train-new-open = ticket { $id } is not closed
train-new-open-why = A scenario is made from what is over; people are still working on this one.
train-new-open-do = Choose a closed ticket, or wait until this one is closed.
train-new-silent = the customer of ticket { $id } said nothing
train-new-silent-why = A scenario begins with the customer's own words, and none are on record.
train-new-silent-do = Choose a ticket with words of the customer, written or spoken.
train-new-item = ticket { $id } has no item
train-new-item-why = The stock of lines is chosen by the item, and neither a person nor the reader has named one.
train-new-item-do = Choose a ticket whose item is set on the desk.
train-new-name = { $path } is no name for a scenario
train-new-name-why = The file is named after the scenario's id: letters, digits and hyphens, then .toml.
train-new-name-do = Give another name with -o, such as -o own-leak.toml.
train-new-there = { $path } is there already
train-new-there-why = A scenario that somebody has worked on is not written over.
train-new-there-do = Give another name with -o, or move the old file away.
train-new-written = { $path }: { $count } lines from the ticket, masked, the rest from stock.
train-new-left = Yours to do: read every line for what the masks cannot know, write the { $missing ->
    [zh] Chinese
   *[en] English
 } of the ticket's lines, and have somebody else approve it. What the check finds:
train-own-none = there is no scenario in { $path }
train-own-none-why = A scenario is a .toml file with a [persona] and what that person says; nothing in this folder is one.
train-own-none-do = Name the folder in which your scenarios lie, or make one with: balm train new --from TICKET
