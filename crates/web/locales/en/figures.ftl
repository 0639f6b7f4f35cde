# Board, ledger, open figures, administration.

wall-title = Wall screen
wall-no-red = Nothing is red.
wall-at = As of { $when }. Follows every change by itself; press F11 for the whole screen.
board-by-community = By community, open
board-title = Live board
board-all = All communities
board-now = Right now
board-open = Open
board-overdue = Overdue
board-filed-today = Filed today
board-closed-today = Closed today
board-red = Red
board-rates = Rates
board-newest = Newest
board-none = None yet
board-hands = Time in each unit's hands (R4)
board-own-on-time = On time by its own hours / completed
board-held = Hours held
board-returns = Returns
board-lost = Hours lost by returns
board-late = Late arrivals
board-by-state = By state
board-by-unit = By unit, open
board-by-grid = By grid, open
rate-response = Response
rate-resolution = Resolution
rate-satisfaction = Satisfaction
rate-on_time = On time
rate-rework = Rework
rate-means-response = triaged in time ÷ filed
rate-means-resolution = closed as solved ÷ completed
rate-means-satisfaction = first three answers ÷ valid ballots
rate-means-on_time = first completion in time ÷ completed
rate-means-rework = reworked ÷ reviewed
side-numerator = numerator
side-denominator = denominator
lead-rows = What { $unit } leads and has not finished.
rate-rows = The { $side } of “{ $rate }”.
digest-title = Digests
digest-daily = Daily triage sheet
digest-weekly = Weekly bulletin by category
digest-monthly = Monthly summary
digest-kind = Kind
digest-date = Date
digest-days = { $first } to { $last }
digest-sheet = Download the sheet
digest-previous = Period before
digest-next = Period after
digest-as-of = As recorded by { $when }.
digest-not-over = This period is not over; as recorded by { $when }.
digest-figures = In all
digest-figure = Figure
digest-this = This period
digest-before = The one before
digest-group = Group
digest-none-of = (none)
digest-filed = Filed
digest-triaged = Triaged
digest-dispatched = Dispatched
digest-completed = Completed
digest-closed = Closed
digest-returns = Returns
digest-open = Open at the end
digest-overdue = Overdue at the end
digest-by-category = By category
digest-by-unit = By unit
digest-by-grid = By grid
digest-by-channel = By channel
digest-overdue-rows = Overdue
digest-filed-rows = Filed in this period
digest-filed-none = Nothing was filed in this period.
digest-oldest-rows = Open the longest
digest-rows-title = Rows of a digest
digest-rows-returns = { " " }(the number counts returns; a request can have been handed back twice)
digest-rows-ballots = { " " }The number counts ballots; here are the requests that have them.
digest-rows-back = Back to the digest
ledger-title = Ledger
ledger-line = One row a request: who, until when, how far.
ledger-all = Show all
ledger-filter = Filter
ledger-subject = Subject
ledger-state = State
ledger-light = Light
ledger-unit = Unit
ledger-channel = Channel
ledger-due = Due
ledger-from = Filed from
ledger-to = To
ledger-q = Words
ledger-overdue = Overdue only
ledger-clear = Clear
ledger-empty = Nothing matches.
open-title = Open figures
open-line = For everybody to read: how it goes, without a name or a quote.
open-now = Right now
open-open = Open
open-done = Closed
open-closed = Closed requests
open-closed-line = Titles are the community's own words.
open-closed-empty = Nothing has been closed yet.
open-days = { $n ->
        [0] within a day
        [one] 1 day
       *[other] { $n } days
    }
open-commitments = Commitments
open-commitments-empty = No commitments have been made public yet.
admin-title = Administration
admin-tab-organisation = Organisation
admin-tab-accounts = Accounts
admin-tab-tokens = Tokens
admin-tab-policy = Limits and calendar
admin-tab-notices = Notices
admin-no-community = No community yet: add the first one.
admin-no-grid = No grids yet.
admin-no-unit = No units yet.
admin-no-user = No accounts yet.
admin-no-token = No tokens yet.
admin-below = Below { $parent }
admin-grids = Grids
admin-units = Member units
admin-categories = Categories
admin-categories-hint = One a line, by name or path. Empty: anything.
admin-any-category = Anything
admin-load = Load / capacity
admin-action = Action
admin-revise = Revise
admin-name = Name
admin-slug = Slug
admin-slug-hint = a-z, 0-9 and hyphens, for addresses.
admin-parent = Above it
admin-lead = Grid lead
admin-capacity = Capacity
admin-capacity-hint = Requests it works on at once. Empty: not stated.
admin-unit-grids = Grids
admin-unit-grids-hint = Slugs with blanks between them. Empty: everywhere.
admin-do-communities = Add a community
admin-do-grids = Add a grid
admin-do-units = Register a unit
admin-do-revise = Revise the unit
admin-do-accounts = Add an account
admin-do-password = Set a password
admin-do-tokens = Make a token
admin-do-policies = Publish a time policy
admin-do-calendars = Publish a calendar
token-once = Keep this now. The token is shown this once:
token-days = Valid for days
token-expires = Valid until
policy-limits = Time limits
policy-rule = Rule
policy-value = Value
policy-line = What is left out is inherited from the community above, at last from the standard. When a change takes effect, open limits are worked out anew; suspensions and extensions are kept (R13).
policy-version = Version of the policy
policy-zone = Time zone
policy-office = Office hours
policy-triage = Triage (R7)
policy-triage-urgent = Triage, urgent (R7)
policy-completion = Completion (R8)
policy-rework = Rework (R12)
policy-review-window = Review (R15)
policy-supervision = Supervision (R10)
policy-pool-fallback = Pool until dispatched by the system (R3)
policy-calendar = Calendar of public holidays
policy-calendar-span = { $from } to { $to }
limit-hour = { $n ->
        [one] 1 hour
       *[other] { $n } hours
    }
limit-working_hour = { $n ->
        [one] 1 working hour
       *[other] { $n } working hours
    }
limit-calendar_day = { $n ->
        [0] the same day
        [one] 1 calendar day
       *[other] { $n } calendar days
    }
limit-working_day = { $n ->
        [0] the same day
        [one] 1 working day
       *[other] { $n } working days
    }
policy-triage-duty = Urgent triage outside office hours (R7)
policy-reminder = Reminder (R9)
policy-invitation = Second invitation (R18)
policy-burst = Joiners flagged to the oversight board (R14)
policy-burst-line = { $joiners } within { $minutes } minutes
policy-classes = Classes
policy-class = Class
policy-history = What was published
policy-no-version = This community has published none; the policy above it holds.
policy-from = Takes effect
policy-from-hint = A date, whose midnight begins it, or an instant; empty: at once. Never in the past.
policy-holds = in force
policy-show = Show
policy-terms = Policy (TOML or JSON)
policy-terms-hint = Paste a file; below is the sample with four classes.
policy-preview = See first how many would move
policy-version-of = Policy version { $version }: { $name }
calendar-version-of = Calendar version { $version }: { $name }
policy-work = Being worked out anew: { $seen } looked at, { $moved } moved.
policy-year-missing = The calendar does not know the holidays of { $year } yet; publish them soon.
calendar-days = Exceptions of whole years (CSV)
calendar-days-hint = The first line is date,kind,name; kind is off or work. What is listed of a year replaces all that was known of it.
preview-seen = { $seen } open requests were looked at; { $overdue } would be overdue at once.
preview-moves = { $earlier } would be due earlier, { $later } later. Nothing is published yet.
preview-as-of-now = This is worked out for what is open now, as if it took effect at once; what moves on that day can differ.
preview-more = There are more open requests than were looked at.
notices-hooks = Webhooks
notices-hooks-hint = Added and removed with “sandan notices” or over the API.
notices-no-hook = No other program is told.
notices-feed = Told
notices-feed-events = every event
notices-feed-notices = notices for people
notices-behind = Behind
notices-disabled = disabled
notices-last-error = Last error
notices-dead = Could not be delivered
notices-no-dead = Everything that was due has been delivered.
notices-waiting = { $n ->
        [0] No message is on its way.
        [one] 1 message is on its way.
       *[other] { $n } messages are on their way.
    }
notices-what = What
notices-to = To
notices-to-resident = Resident, { $address }
notices-to-account = Account { $name }
notices-to-removed = A webhook that was removed
notices-request = The request
notices-attempts = Attempts
notices-since = Failed first { $when }
notices-retry = Try again
notices-retry-all = Try all again
notices-discard = Throw away
notices-discard-sure = Nobody will be told. This can't be undone.
notices-discard-yes = Yes, throw it away
notices-more = { $n ->
        [one] 1 more is not shown.
       *[other] { $n } more are not shown.
    }
policy-file = Or a file
policy-file-hint = It stands for the text above.
calendar-file = Or a CSV file
rate-without-unreasonable = without { $count } unreasonable: { $rate }
rate-without-appealed = without { $count } appealed: { $rate }
callbacks-title = Call-backs
callbacks-line = Of the requests that nobody rated, a sample is called back. Its seed is committed to before the period begins, so nobody can choose the sample and anybody can draw it again.
callbacks-empty = No period was committed to yet.
callbacks-size = a sample of { $n }
callbacks-committed = Committed to
callbacks-drawn = Drawn
callbacks-commit = Commit to a period
callbacks-commit-line = The hash of the seed stands in the log from now on; the seed itself is revealed when the sample is drawn.
callbacks-from = From (in the future)
callbacks-to = To (not included)
callbacks-how-many = How many are called back
callbacks-again = Drawn again just now
callbacks-recipe = SHA-256 of the seed is the hash above. The lot of each request on the list is SHA-256 of the seed, a slash and its id. The lowest lots are the sample.
callbacks-seed = Seed
callbacks-candidates = Requests on the list
callbacks-seed-same = The seed is the one that was committed to.
callbacks-seed-differs = The seed is not the one that was committed to.
callbacks-sample-same = The sample is the one that was published.
callbacks-sample-differs = The sample is not the one that was published.
callbacks-request = Request
callbacks-lot = Lot
callbacks-check-line = The same check without this server, from the published JSON:
callbacks-outcome = What came of the calls
callbacks-apart = Shown apart: a call is no ballot, and counts in no rate.
callbacks-to-make = To be called
callbacks-draw = Draw the sample
callbacks-draw-line = The period is over: the seed is revealed, and the sample follows from it and the list.
callbacks-answer = What they would have answered
