# What stands around every page, and words that all of them share.

brand = Sandan
brand-line = Ask · Dispatch · Rate
skip = Skip to the content
rehearsal = Rehearsal: the time here is { $time }, not the real one.
rehearsal-label = Rehearsal
demo-label = Demonstration
demo-strip = Demonstration: all data are made up.
nav-label = Main navigation
nav-home = Ask for help
nav-unit = My unit
nav-desk = Desk
nav-board = Board
nav-ledger = Ledger
nav-admin = Administration
nav-open = Open figures
sign-in = Sign in
sign-out = Sign out
foot-law = Everything lands with somebody, everything gets an answer.
optional = optional
choose = Please choose
any = Any
none = None
apply = Apply
search = Search
print = Print
copy = Copy
copied = Copied
reason = Reason
note = Note
period = Period
urgency = Urgency
pages-label = Pages
pages-first = First page
pages-next = Next page
period-7 = Last 7 days
period-30 = Last 30 days
period-90 = Last 90 days
period-month = This month
period-quarter = This quarter
period-year = This year
period-all = All time
due-full = { $when } ({ $left })
due-full-stands = { $when }, while the clock stands still; it moves when it goes on
due-end-of-day = by the end of { $day }
left-minutes = { $n ->
        [one] 1 minute
       *[other] { $n } minutes
    } left
left-hours = { $n ->
        [one] 1 hour
       *[other] { $n } hours
    } left
left-days = { $n ->
        [one] 1 day
       *[other] { $n } days
    } left
over-minutes = { $n ->
        [one] 1 minute
       *[other] { $n } minutes
    } overdue
over-hours = { $n ->
        [one] 1 hour
       *[other] { $n } hours
    } overdue
over-days = { $n ->
        [one] 1 day
       *[other] { $n } days
    } overdue
age-days = { $n ->
        [0] today
        [one] yesterday
       *[other] { $n } days ago
    }
role-resident = Resident
role-kiosk = Kiosk
role-hotline = Hotline operator
role-grid-worker = Grid worker
role-dispatcher = Dispatcher
role-unit = Member unit
role-supervisor = Supervisor
role-oversight = Oversight board
role-administrator = Administrator
role-system = System
