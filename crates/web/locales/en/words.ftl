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
