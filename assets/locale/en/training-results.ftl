# Results of a training: the table and the printable pages.

training-results-login = Login
training-results-name = Name
training-results-date = Began
training-results-scenario = Scenario
training-results-title = Title
training-results-level = Level
training-results-language = Language
training-results-seed = Seed
training-results-end = End
training-results-total = Points
training-results-critical = All points lost
training-results-partial = Partly checked
training-results-spoken = Spoken
training-results-run-id = Run
training-results-yes = yes
training-results-no = no
training-results-none = none
training-results-never = not yet
training-results-not-checked = not checked

training-results-criterion-acknowledged = Acknowledged in time
training-results-criterion-need-found = Need found
training-results-criterion-cause = Cause given
training-results-criterion-commitment = Concrete commitment
training-results-criterion-recap = Contact checked, summed up
training-results-criterion-language = Language

training-results-end-friend = left as a friend
training-results-end-resolved = settled
training-results-end-grudging = settled, still annoyed
training-results-end-supervisor = demanded the supervisor
training-results-end-outside = went to an outside body
training-results-end-hang-up = hung up
training-results-end-by-policy = closed by the rules after abuse
training-results-end-left = ended with the need open
training-results-end-handed-over = handed over to a colleague
training-results-end-broken-off = broken off

training-results-page-title = Training of { $name }
training-results-page-about = As of { $date }, { $runs ->
    [one] one run
   *[other] { $runs } runs
 } in all; the newest are below.
training-results-skills = Skills
training-results-criterion = Criterion
training-results-now = Now
training-results-results = Results
training-results-levels = Mastered levels: { $mastered }. Open levels: { $open }.
training-results-run = { $at }, level { $level }: { $total } points, { $end }.
training-results-cost-all = Cost all points: { $what }
training-results-no-drawing = The scenario was changed since; the run cannot be drawn.
training-results-anger = Anger before the first turn and after each
training-results-points = Points
training-results-of = Of
training-results-comments = The trainer's words
training-results-counts = Counts
training-results-own-first = own words first
training-results-waits = It waits for the trainee's own words and does not count for skills and levels yet.
training-results-rules-then = Scored by the rules of that time; they have changed since.
training-results-rules-replayed = The points are those of then; the curve was played again by today's rules and may differ.
training-results-unchecked = Not checked
training-results-page-unchecked = Not checked here, neither right nor wrong: { $what }
