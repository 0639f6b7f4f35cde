# The glossary: states, lights, ratings, channels.

state-filed = Filed
state-triaged = Triaged
state-returned = Returned
state-dispatched = Dispatched
state-claimed = In progress
state-completed = Completed
state-in_review = In review
state-rework = Rework
state-closed = Closed
state-rejected = Rejected
state-merged = Merged
state-withdrawn = Withdrawn
state-suspended = Suspended
light-green = Green
light-yellow = Yellow
light-red = Red
urgency-normal = Normal
urgency-urgent = Urgent
rating-very_satisfied = Very satisfied
rating-satisfied = Satisfied
rating-basically_satisfied = Basically satisfied
rating-dissatisfied = Dissatisfied
rating-very_dissatisfied = Very dissatisfied
channel-web = Web form
channel-kiosk = Kiosk
channel-hotline = Hotline
channel-mailbox = Mailbox
channel-liaison = Liaison
channel-grid_visit = Grid visit
channel-partner = Partner system
closing-satisfied = Review passed
closing-unrated = Unrated
closing-dissatisfied = Closed, dissatisfied
holder-desk = Community desk
rework-nth = { $n ->
        [one] Rework
       *[other] Rework no. { $n }
    }
late-arrival = Late arrival
category-unsure = Not sure: let the staff decide
category-none = No category
no-title = (no title)
forgotten = (deleted on request)
due-why = How this due time was worked out
due-rule = { $rule }: { $limit }
due-class = { $rule } (class: { $class })
due-sources = Policy: { $policy }; calendar: { $calendar }
due-source = { $name }, version { $version }
due-stands = The clock has stood still since { $when }.
due-year-missing = The calendar does not know the holidays of { $year }; only weekends are counted as off.
due-from = From
due-to = To
due-reason = Why
due-counts = Counts
due-days = { $n ->
    [one] 1 day
   *[other] { $n } days
}
due-hours = { $hours } h
due-granted = granted
due-same-day = the same day
due-zone = Times are those of { $zone }.
due-running = Runs day and night
due-office = Office hours
due-day = Counted days
due-make-up-day = Make-up day
due-extension = Extension (R11)
due-start-day = The day of the start is not counted
due-weekend = Weekend
due-holiday = Holiday
due-closed = Outside office hours
due-paused = Suspended (R11)

hands-title = Who had it, for how long
hands-who = In whose hands
hands-role = In what capacity
hands-hours = How long
hands-working = In office hours
hands-now = now
hands-total = Together
hands-hint = Times are hours:minutes. At every instant one answers for it (R1); the parts add up to its whole life, from filing to its end or to now. Office hours are those that hold in the community now, with its calendar.
hand-desk = Triage and dispatch
hand-duty_desk = Duty desk (R7)
hand-pool = Open to be claimed (R3)
hand-committee = Ruling (R4)
hand-unit = Work
hand-verification = Confirmation on site (R6a)
hand-review = The residents' review (R15)
