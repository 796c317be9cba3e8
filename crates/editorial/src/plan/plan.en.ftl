nav-plans = Plans

# The list, and bringing in a plan
plan-list-lead = What is promised, by whom, by when, and how far it is.
plan-list-caption = The agency's plans
plan-list-empty = No plan yet
plan-list-empty-hint = The reform officer brings in a plan from a Word file or pasted text.
plan-n-late = Overdue
plan-import = Import a plan
plan-import-lead = Choose the plan's file or paste its text. The plan is kept as a draft, with a list of what it fails to say.
plan-import-file = The plan's file
plan-import-file-hint = Word (.docx), Excel (.xlsx, an annex with the plan's title above its table), text (.txt) or a web page (.html), 20 MB at most.
plan-import-text = Or paste its text
plan-import-text-hint = Paste the whole plan, with its legal bases and annexes.
plan-import-save = Read it and keep a draft
plan-import-nothing = Choose a file, or paste the text below.
plan-import-both = Use one way only: a file or pasted text.
plan-import-unread = { $why }
plan-cancel = Cancel
done-plan-imported = The draft is kept. See what the plan still fails to say.

# The plan's page
plan-tree = Tasks and activities
plan-tree-empty = The plan has no task yet.
plan-views = By unit
plan-all-units = All
plan-overdue = Overdue
plan-text = What the plan says
plan-bases = Legal bases
plan-purposes = Purposes
plan-audiences = Audiences
plan-channels = Channels
plan-source = Source file
plan-public-page = Public page
plan-public-open = See “promised and done”
plan-no = No. { $number }
plan-issued = of { $day }
plan-of-year = for { $year }
plan-answers = Accountable: { $person }
plan-from = from { $day }
plan-until = by { $day }
plan-empty-value = (none)
plan-progress = Progress
plan-progress-whole = Overall progress
plan-progress-how = Counted from the items that are done; and from figures entered by hand with evidence; every activity with a target weighs its points. The upright mark is where the work should be today.
plan-count-late = activities overdue
plan-count-at-risk = at risk
plan-count-on-course = on course
plan-count-done = done, of { $counted } with a target
plan-days-late = { $count ->
    [one] { $count } day overdue
   *[other] { $count } days overdue
}
plan-bar = { $done } of { $target } { $unit }; { $due } due by today
plan-bar-no-target = { $done } items; no target
plan-bar-sum = { $name }: { $percent } % done, { $due } % due by today; { $done } of { $counted } activities with a target are done
plan-bar-sum-no-target = { $name }: no activity has a target yet
plan-done-last = Done lately

plan-status-late = Overdue
plan-status-at_risk = At risk
plan-status-on_course = On course
plan-status-not_started = Not started
plan-status-no_target = No target
plan-status-done_late = Done late
plan-status-done = Done

# What the plan fails to say
plan-findings = What the plan fails to say
plan-findings-none = Nothing is left to answer.
plan-findings-settled = Settled
plan-severity-ask = To be answered
plan-severity-warn = Better mended
plan-severity-note = Note
plan-finding-places = { $count ->
    [one] ({ $count } place)
   *[other] ({ $count } places)
}
plan-finding-fill = Fill it in
plan-finding-settle = Settled
plan-finding-reopen = Open again
done-plan-finding-settled = Noted as settled.
done-plan-finding-reopened = Opened again.

# Changing a plan
plan-edit = Edit the plan
plan-title = Title
plan-number = Number
plan-number-hint = For instance: 12/KH-STP
plan-issued-on = Day of issue
plan-date-hint = Written like 03/03/2023.
plan-issued-elsewhen = A plan for { $year } is issued in { $year } or the year before. Change the day or the year.
plan-issuer = Issued by
plan-year = Year
plan-state = State
plan-state-draft = Draft
plan-state-opinions = Opinions
plan-state-submitted = Submitted
plan-state-issued = Issued
plan-state-running = Running
plan-state-closed = Closed
plan-state-amendment = Amendment
plan-publicity = Publicity
plan-public-choice = Show on the portal: promised and done
plan-public-hint = A plan is shown on the portal only once it is issued.
plan-public = Public
plan-internal = Internal
plan-save = Save the plan
done-plan-saved = The plan is saved.
plan-stale-title = Somebody else has just saved these
plan-stale-lead = The fields below keep what you typed. This is what was saved meanwhile; if you save again, yours replaces it.
plan-bases-none = No legal basis yet.
plan-basis-add = Add a legal basis
plan-basis-number-hint = For instance: 152/QĐ-STP
plan-basis-about = What it is about
plan-basis-empty = Give the document's number or what it is about.
plan-basis-remove = Remove
plan-basis-remove-ask = Remove this legal basis from the plan?
done-plan-basis-added = The legal basis is added.
done-plan-basis-removed = The legal basis is removed.
plan-remove = Remove the draft
plan-remove-hint = Only a draft without linked items can be removed. Its source file and the log are kept.
plan-remove-ask = Remove this draft for good?
plan-remove-linked = The plan has linked items or reports and cannot be removed.
done-plan-removed = The draft is removed.
plan-remove-yes = Remove
plan-remove-no = Keep

# Tasks
plan-task = Task
plan-task-new = New task
plan-task-add = Add a task
plan-task-add-part = Add a task below it
plan-task-edit = Edit the task
plan-task-title = Task
plan-task-parent = Part of
plan-task-top = (top level)
plan-task-none = (no task)
plan-task-empty = No activity yet.
plan-task-save = Save the task
plan-task-remove = Remove the task
plan-task-remove-hint = Only a task with nothing below it can be removed.
plan-task-remove-ask = Remove this task from the plan?
plan-task-not-empty = The task still has tasks or activities below it. Move or remove them first.
plan-task-into-itself = A task cannot be part of itself or of a task below it.
plan-task-too-deep = Tasks stand five levels deep at most. Choose one higher up.
plan-place = Place
plan-place-hint = Its order in the group, from 1; empty means last.
done-plan-task-saved = The task is saved.
done-plan-task-removed = The task is removed.

# Activities
plan-activity-new = New activity
plan-activity-add = Add an activity
plan-activity-edit = Edit the activity
plan-activity-no = Activity { $no }
plan-activity-title = Activity
plan-activity-title-hint = As the plan words it.
plan-activity-save = Save the activity
plan-activity-remove = Remove the activity
plan-activity-remove-ask = Remove this activity from the plan?
plan-activity-linked = The activity has { $items } linked items and cannot be removed. Unlink them first.
done-plan-activity-saved = The activity is saved.
done-plan-activity-removed = The activity is removed.
plan-facts = Facts
plan-form = Form
plan-form-hint = For instance: news items; conference; leaflet
plan-output = Output
plan-output-hint = In words, as in the plan.
plan-targets = Targets
plan-targets-hint = One target to a row: how many, counted in what, which items count. If it recurs, how many each time. Save and open again for another empty row.
plan-target-number = How many
plan-target-number-missing = With a unit of counting there must be a number.
plan-target-unit = Counted in
plan-target-unit-hint = For instance: news items
plan-target-unit-missing = Say what the target counts, for instance: news items.
plan-target-unit-twice = Two targets cannot be counted in the same. Put them together or word one of them otherwise.
plan-target-counted = Figures were entered for the target “{ $unit }”, so it cannot be taken out. Keep it or change its number.
plan-target-counts = Items that count
plan-counts-auto = (as the unit says)
plan-counts-any = Every item
plan-counts-article = News and features
plan-counts-news = News only
plan-counts-feature = Features only
plan-counts-external = Items published elsewhere
plan-counts-bulletin = Bulletins
plan-counts-event = Conferences, workshops, talks, meetings
plan-counts-broadcast = Broadcasts
plan-counts-material = Leaflets, panels, posters (each once)
plan-counts-contest = Contests
plan-counts-figure = Figures entered by hand, with evidence
plan-per-unit = Asked of
plan-per-unit-hint = Choose “each” when every unit has to reach the target for itself, as in “one news item a month from each division”.
plan-per-together = All together
plan-per-involved = Each leading and supporting unit
plan-per-every = Each unit of the agency
plan-weight = Weight
plan-weight-hint = Points from 1 to 1,000; empty is 1 point. They are turned into parts of exactly 100 %.
plan-weight-words = { $points } points, which is { $plan } % of the plan and { $task } % of the task
plan-weight-none = No target, so it does not count towards progress
plan-weights = Weights
plan-weights-lead = Give each activity its points; empty is 1 point. The shares always add up to exactly 100 %. Activities without a target do not count towards progress.
plan-weight-points = Points
plan-weight-of-task = Of the task
plan-weight-of-plan = Of the plan
plan-weight-total = Together
plan-weight-wrong = Points are whole numbers from 1 to 1000. Mend the marked fields.
plan-weights-save = Save weights
done-plan-weights-saved = The weights are saved.
plan-lead-unit = Lead unit
plan-lead-none = (not chosen)
plan-lead-text = Lead not in the list
plan-lead-text-hint = Only when the lead unit is not in the list.
plan-supporting-units = Supporting units
plan-supporting-text = Support not in the list
plan-lead-supports = The lead unit does not support itself. Untick it in one place.
plan-accountable = Accountable
plan-accountable-hint = Who answers for the result, usually the head of the lead unit.
plan-accountable-none = (not chosen)
plan-when = When
plan-window-text = When (in words)
plan-window-text-hint = As in the plan: Quý II/2023, Trước 15/6. If the days are left empty, they are read from here.
plan-window-from = From
plan-window-to = Until
plan-window-to-hint = The last day that is still in time.
plan-window-ends-before = It ends before it begins. Change one of the two days.
plan-window-days = Progress is counted from { $from } through { $to }.
plan-slots = Target: { $number } { $target } each time × { $slots } times.
plan-slots-units = Target: { $number } { $target } each time × { $slots } times × { $units } units.
plan-slots-title = Slots
plan-slots-missed = { $count ->
    [one] { $count } slot missed
   *[other] { $count } slots missed
}
plan-slot = Slot
plan-slot-days = { $from } – { $to }
plan-slot-deadline = Due
plan-slot-done = Done
plan-slot-status = Status
plan-slot-missed = Missed
plan-slot-lacking = { $count ->
    [one] { $count } unit lacking or late
   *[other] { $count } units lacking or late
}
plan-unit-slots = The unit’s slots
plan-deadline-weekend = weekend
plan-deadline-readings = The plan says { $written }, which is a day off ({ $why }). Read strictly, it is due on { $before }; by article 148(5) of the Civil Code, on { $after }. After { $before } it is at risk; only after { $after } is it late.
plan-deadline-moved-before = The strict deadline has moved from { $from } to { $to } because { $why }.
plan-deadline-moved-after = The deadline has moved from { $from } to { $to } because { $why }.
plan-deadline-off = { $day } is now a day off
plan-deadline-off-named = { $day } is now a day off ({ $name })
plan-deadline-worked = { $day } is now a working day
plan-items-uncounted = { $count ->
    [one] { $count } linked item is not of the kind that a target asks for and does not count.
   *[other] { $count } linked items are not of the kind that a target asks for and do not count.
}
plan-by-hand = By hand
plan-by-hand-part = { $n } of these by hand
plan-figures = Figures entered by hand
plan-figures-lead = For what no item counts: people reached, a conference held. A file or an address must prove it.
plan-figures-none = No figures yet.
plan-figure-new = Enter a figure
plan-figure-target = Target
plan-figure-number = How many
plan-figure-day = Day
plan-figure-day-to-come = This day is still to come. Enter only what was done.
plan-figure-unit = Done by
plan-figure-unit-none = (not chosen)
plan-figure-title = What it is
plan-figure-title-hint = What was done and where, as the evidence shows it.
plan-figure-link = Address
plan-figure-link-hint = Where it can be looked up, if anywhere. Addresses die, so add a file.
plan-figure-file = Evidence
plan-figure-file-hint = Minutes, a list, a photograph: PDF, image or saved page (.mhtml).
plan-figure-proof-missing = There is no evidence. Choose a file or give an address; a figure without evidence does not count.
plan-figure-by = Entered by
plan-figure-save = Save figure
plan-figure-withdraw = Withdraw the figure
plan-figure-withdraw-lead = A withdrawn figure counts no more; the figure, its evidence and the reason stay in the log.
plan-figure-reason = Reason
plan-figure-withdrawn = This figure was withdrawn before.
plan-figure-withdrawn-why = Withdrawn: { $why }
done-plan-figure-added = The figure is saved with its evidence.
done-plan-figure-withdrawn = The figure is withdrawn.
plan-programmes = Programmes
plan-programmes-hint = An activity of several programmes counts once in each.
plan-recurs = Recurs
plan-recurs-hint = The target is multiplied by the times; “continuous” has one target for the whole time.
plan-recurs-none = (once)
plan-recurs-continuous = Continuous
plan-recurs-daily = Daily
plan-recurs-weekly = Weekly
plan-recurs-monthly = Monthly
plan-recurs-quarterly = Quarterly
plan-recurs-half_yearly = Half-yearly
plan-recurs-yearly = Yearly
plan-note = Note
plan-items = Linked items
plan-item-register = Register an item for this activity
plan-items-none = No item yet. Choose this activity when you write an article or register something published elsewhere, and it counts.
plan-items-count = { $count ->
    [one] { $count } item
   *[other] { $count } items
}
plan-item = Item
plan-item-kind = Kind
plan-item-author = Author
plan-item-day = Counts from
plan-item-article = Article
plan-item-external = Published elsewhere
plan-item-by-hand = By hand
plan-item-open = In work
# Deadlines and the calendar
plan-deadlines = Deadlines and days off
plan-deadlines-lead = Deadlines of the plans that run, read by the agency's working calendar.
plan-deadlines-activity = Activity
plan-deadlines-off = Deadlines that fall on days off
plan-deadlines-off-none = No deadline falls on a day off.
plan-deadlines-written = Day written in the plan
plan-deadlines-why = Why
plan-deadlines-before = Working day before
plan-deadlines-after = Next working day
plan-deadlines-law = By article 148(5) of the Civil Code a period ends with the next working day; many offices ask for it before the days off, so both days are told.
plan-deadlines-moved = Deadlines that moved
plan-deadlines-since = Compared with the calendar known at the beginning of
plan-deadlines-since-hint = For example: 01/02/2024
plan-deadlines-show = Show
plan-deadlines-moved-none = No deadline moved.
plan-deadlines-old = Before
plan-deadlines-new = Now
plan-deadlines-readings = { $before } or { $after }
plan-deadlines-now-off = { $day } is now a day off: { $name }
plan-deadlines-now-worked = { $day } is now worked (before: { $name })
plan-deadlines-preview = Which deadlines would move
plan-deadlines-preview-lead = Nothing has changed yet. Look, then save to the calendar.
plan-deadlines-change = Change of the calendar
plan-deadlines-would-move = { $count ->
    [one] { $count } deadline would move
   *[other] { $count } deadlines would move
}
plan-deadlines-removes = Remove { $day } · { $name } (reason: { $reason })
plan-deadlines-saturdays-worked = Saturdays become working days
plan-deadlines-saturdays-off = Saturdays become days off
plan-deadlines-save = Save the change to the calendar

# Units
plan-unit-lead = What the unit leads or supports.
plan-unit-empty = The unit neither leads nor supports an activity.

# Rights
plan-refusal-other-unit = You can change only activities that your own unit leads. Ask the reform officer.
plan-refusal-draft = The plan is still a draft, so this cannot be done yet.
plan-refusal-waiting = The units or the director have the plan before them, so this cannot be done now. The reform officer may end the round of opinions, or take the plan back.
plan-refusal-issued = The plan was issued, so this can no longer be done. To change what it says, begin an amendment.
plan-refusal-closed = The plan is closed and cannot be changed. The reform officer can open it again.
plan-refusal-amendment = This is the working copy of an amendment; do this with the plan itself.

# The public page
plan-public-title = Plan for { $year }: promised and done
plan-as-of = Figures as of { $day }
plan-years = Plans by year

# The command line
plan-standing-on = Progress as of { $day }
plan-standing-none = No plan is running.
plan-standing-sum = { $percent } % done ({ $due } % due by today) · { $done } of { $counted } complete · { $risk } at risk · { $late } overdue
plan-standing-late = - { $no } { $title }: { $days } days overdue ({ $unit })

# Files of a plan
plan-files = Download
plan-file-docx = The plan as a document (Word)
plan-file-pdf = The plan as a document (PDF)
plan-file-xlsx = The annex (Excel)
plan-file-csv = The annex (CSV)

# The annex in a spreadsheet
plan-annex-import = Bring in the annex from Excel
plan-annex-lead = Download the annex, change it in Excel or LibreOffice and bring it in again. Every change is shown before it is saved.
plan-annex-download = Download the annex (Excel)
plan-annex-file = File of the annex
plan-annex-file-hint = An Excel workbook (.xlsx) of at most 20 MB. Columns are known by their headings.
plan-annex-how = The plan has { $n } activities. A row with its hidden id changes that very activity; a row without one is looked up by its title and number; what the file does not hold stays. The columns of results (done, reached, status) are not read: Loa counts them itself.
plan-annex-look = See the changes
plan-annex-nothing = Choose the file of the annex (.xlsx).
plan-annex-preview = What “{ $name }” changes
plan-annex-n-changed = Rows changed
plan-annex-n-added = Rows added
plan-annex-n-same = Activities left as they are
plan-annex-n-absent = Activities not in the file, left as they are
plan-annex-wrong = Nothing is saved: mend these cells and bring the file in again
plan-annex-same = The file changes nothing in the plan.
plan-annex-save = Save these changes
plan-annex-tasks = Tasks
plan-annex-changed = Activities changed
plan-annex-added = Activities added
plan-annex-absent = Activities that the file does not hold
plan-annex-activity = Activity
plan-annex-cell = Cell
plan-annex-change = Change
plan-annex-old = Before:
plan-annex-new = After:
plan-annex-more = { $n } more rows are not shown here but will be saved too.
plan-annex-outside = { $name } (not one of our units)
plan-annex-stale = The plan was changed otherwise after you looked. Look at the changes below again, then save.
plan-annex-problems = The file still has wrong cells, so nothing is saved. Mend the cells named and bring it in again.
plan-annex-issued = The plan is no longer a draft, so no annex can be brought into it. Make an amendment of the plan.
plan-annex-no-headings = No row of headings was found. The table needs a column of contents (activities) and at least two others such as lead unit, time, output.
plan-annex-no-title = This row has no title. Write the activity's title or delete the whole row.
plan-annex-too-long = The text is longer than { $max } characters. Shorten it.
plan-annex-too-many = The annex has more than { $max } activities. Divide it into several plans.
plan-annex-broken = The formula gives the error { $found }. Mend the formula or type the value.
plan-annex-target = The target cannot be read. Write number and unit, for instance: 12 tin, bài; 1 hội nghị.
plan-annex-targets-many = There are more targets than one activity takes. Divide it into several activities.
plan-annex-person = Nobody in the agency is called “{ $name }”. Write the full name as in the list of accounts, or leave it empty.
plan-annex-persons = Several people are called “{ $name }”. Add the office in brackets as in the downloaded file.
plan-annex-day = “{ $found }” is not a day. Write it as 15/06/2023.
plan-annex-recurs = “{ $found }” does not say how often. Write Hằng tháng, Hằng quý… as in the downloaded file, or leave it empty.
plan-annex-id-unknown = The id in the hidden column is not of this plan. Delete it to add the row as a new activity.
plan-annex-twice = This activity stands in a row further up. If it is a new one, delete the id in the hidden column.
done-plan-annex-stored = The changes of the annex are saved.
plan-annex-sheet = Annex
plan-annex-of = Annex to the plan
plan-annex-of-number = Annex to plan no. { $number }
plan-annex-of-issuer = of { $issuer }
plan-annex-no-task = Activities that belong to no task
plan-annex-col-no = No.
plan-annex-col-title = Activity
plan-annex-col-form = Form
plan-annex-col-output = Output
plan-annex-col-targets = Targets
plan-annex-col-lead = Lead unit
plan-annex-col-supporting = Supporting units
plan-annex-col-accountable = Accountable
plan-annex-col-when = Time
plan-annex-col-from = From
plan-annex-col-to = To
plan-annex-col-recurs = Recurs
plan-annex-col-note = Note
plan-annex-col-done = Done
plan-annex-col-percent = Reached
plan-annex-col-status = Status
plan-annex-col-id = Id (leave as it is)

# The plan as a document
plan-paper-kind = Plan
plan-paper-opening = { $agency } issues the plan { $about } as follows:
plan-paper-purposes = Purposes and requirements
plan-paper-audiences = Audiences
plan-paper-tasks = Tasks and activities
plan-paper-channels = Channels and forms
plan-paper-carrying-out = Carrying it out
plan-paper-units = The units carry out these activities; the details stand in the annex:
plan-paper-unit-leads = leads { $count } activities ({ $list })
plan-paper-unit-supports = supports { $count } activities ({ $list })
plan-paper-form = Form: { $words }
plan-paper-output = Output: { $words }
plan-paper-lead = Lead: { $words }
plan-paper-supporting = Support: { $words }
plan-paper-when = Time: { $words }
plan-paper-signer = Director
plan-paper-to-superior = { $name } (for information)
plan-paper-to-leaders = The agency's leaders
plan-paper-to-units = The agency's units
plan-paper-to-archive = Archive
plan-paper-annex = Tasks, activities and who carries them out
plan-paper-basis = Based on { $kind } no. { $number }
plan-paper-basis-title = Based on { $title }
plan-paper-basis-document = document
# Programmes
programmes = Programmes
programmes-lead = What activities and items are embedded in and reported under, such as administrative reform (CCHC) and legal education (PBGDPL).
programmes-none = No programmes yet.
programme-new = Add a programme
programme-edit = Edit the programme
programme-code = Short name
programme-code-hint = For instance: CCHC
programme-code-known = There is a programme “{ $code }” already. Use another short name.
programme-name = Name
programme-save = Save programme
programme-items = Items
programme-items-once = Each item counts once in this programme, however many of its activities it fulfils.
programme-items-none = No items this year yet.
programme-items-count = { $count ->
    [one] { $count } item
   *[other] { $count } items
}
programme-items-year = Items of { $year }
programme-activities-none = No activity of this year belongs to the programme.
done-programme-saved = The programme is saved.

# Timeline and month
plan-timeline = Timeline
plan-timeline-of = Timeline: { $title }
plan-timeline-told = { $activities } activities: { $done } done, { $risk } at risk, { $late } late, as of { $day }.
plan-timeline-legend = The dark part of a bar is done; the upright line is today.
plan-timeline-table = The figures of the picture as a table
plan-month-short = M{ $month }
plan-calendar = Month
plan-month = Month { $month } of { $year }
plan-month-told = { $begin } activities begin, { $due } are due, { $done } items were done.
plan-month-legend = Days on another ground are off.
plan-month-table = What the month brings
plan-month-empty = No activity begins, is due or was done in this month.
plan-month-day = Day
plan-month-what = What
plan-month-begin = Begins
plan-month-due = Due
plan-month-done = Done
plan-month-off = Day off
plan-month-more = and { $n } more
plan-month-before = Month before
plan-month-after = Month after
plan-weekday-mon = Monday
plan-weekday-tue = Tuesday
plan-weekday-wed = Wednesday
plan-weekday-thu = Thursday
plan-weekday-fri = Friday
plan-weekday-sat = Saturday
plan-weekday-sun = Sunday

plan-evidence = Evidence
plan-evidence-open = See, add, and choose what must be there
plan-evidence-unchosen = Nobody has chosen which evidence must be there.
plan-evidence-asked = { $count ->
    [0] No kind of evidence must be there.
    [one] { $count } kind of evidence must be there.
   *[other] { $count } kinds of evidence must be there.
}
