nav-criteria = Criteria and indices

criteria-work-missing = No figure or answer yet: 0 points.
criteria-work-occasion-not-taken = This rule does not take “no occasion”: it must be answered.
criteria-work-occasion-full = No occasion this year: full points, { $points }.
criteria-work-occasion-left-out = No occasion this year: no points, and left out of what could be reached.
criteria-work-no-whole = { $part } / { $whole }: nothing to divide by, so there is no share: 0 points.
criteria-work-share = Share: { $part } / { $whole } = { $share }
criteria-work-rung = { $share } reaches the step from { $at }: { $points } points
criteria-work-below-rungs = { $share } is below every step: { $points } points
criteria-work-cap = { $share } is { $at } or more: full points, { $points }
criteria-work-floor = { $share } is below the floor of { $at }: 0 points
criteria-work-pro-rata = { $part } / { $whole } × { $max } = { $points } points
criteria-work-pro-rata-cap = { $part } / { $whole } ÷ { $cap } × { $max } = { $points } points
criteria-work-ratio-full = { $share } has reached { $at }: full points, { $points }
criteria-work-ratio-zero = { $share } has not passed { $at }: 0 points
criteria-work-ratio-between = ({ $share } − { $zero }) ÷ ({ $full } − { $zero }) × { $max } = { $points } points
criteria-work-met = Yes: { $title } (+{ $points })
criteria-work-not-met = No: { $title } (+0 of { $points })
criteria-work-sum = Sum: { $points } points
criteria-work-yes = Yes: { $points } points
criteria-work-no = No: { $points } points
criteria-work-never-sent = Due { $due }, not done: 0 points
criteria-work-on-time = Due { $due }, done { $sent }, on time: { $points } points
criteria-work-late = Due { $due }, done { $sent }, { $days } days late
criteria-work-late-points = Late: { $points } points
criteria-work-too-late = More than { $most } days late: { $points } points
criteria-work-option = { $title }: { $n } answers × { $weight }
criteria-work-no-answers = No answers: 0 points
criteria-work-survey = Mean { $mean } of { $n } answers × { $max } = { $points } points
criteria-work-times = { $n } times × { $each } = { $points } points
criteria-work-kept-within = { $points } lies outside what can be given: { $kept } counts
criteria-work-rounded = Rounded to two places: { $exact } → { $points }
criteria-work-stated-max = The rule gives { $points }, but the table states { $max } at most: { $max } counts

criteria-say-steps = By the share reached of what was set: { $parts }.
criteria-say-rung = from { $at }, { $points } points
criteria-say-otherwise = below that, { $points } points
criteria-say-proportion = { $cap } or more gives { $max } points; less gives its share.
criteria-say-proportion-floor = { $cap } or more gives { $max } points; from { $floor } to less than { $cap } gives its share; below { $floor } gives nothing.
criteria-say-checklist = The points of what is there are added: { $parts }; at most { $max } points.
criteria-say-item = { $title }: { $points }
criteria-say-yes-no = Yes gives { $yes } points; no gives { $no } points.
criteria-say-on-time = On time gives { $full } points; late gives { $late } points; not done gives nothing.
criteria-say-on-time-days = On time gives { $full } points; up to { $days } days late gives { $late } points; later or not done gives nothing.
criteria-say-ratio = By the ratio of { $part } to { $whole }: { $full } or more gives { $max } points, { $zero } or less gives nothing, between them along a straight line.
criteria-say-ratio-falling = By the ratio of { $part } to { $whole }, the lower the better: { $full } or less gives { $max } points, { $zero } or more gives nothing, between them along a straight line.
criteria-say-survey = By the survey, at most { $max } points; each answer gives: { $parts }.
criteria-say-option = { $title } { $weight }
criteria-say-bonus = Bonus: { $each } points each time, at most { $max }, outside the total of the set.
criteria-say-penalty = Penalty: { $each } points taken away each time, at most { $max }.
criteria-say-occasion-full = Without occasion it gives full points.
criteria-say-occasion-left-out = Without occasion it is left out of what could be reached.

criteria-formula-share = t = reached ÷ set
criteria-formula-yes-no = yes → { $yes }; no → { $no }
criteria-formula-on-time = day done ≤ due day → { $points }
criteria-formula-late = day done > due day → { $points }
criteria-formula-never = not done → 0

criteria-finding-total = The decision states { $stated } points in all, but the areas add up to { $sum }.
criteria-finding-area-sum = The area states { $stated } points, but its criteria add up to { $sum }.
criteria-finding-criterion-sum = The criterion states { $stated } points, but its components add up to { $sum }.
criteria-finding-rule-max = The table states { $stated } points at most, but the rule gives { $rule } at most.
criteria-finding-checklist-sum = The lines add up to { $sum }, not to the maximum of the list, { $stated }.
criteria-finding-told-points = “{ $words }”: the words say { $told } points, but this line is worth { $stated }.
criteria-finding-example = The example of the guide gives { $told } points, but the rule gives { $rule }: “{ $words }”
criteria-finding-example-second = The example of the guide gives { $told } points, but the rule gives { $rule }; the second reading gives what the example says: “{ $words }”
criteria-finding-number-twice = The number { $no } is used for another row.

criteria-input-nothing = Not yet
criteria-input-no-occasion = No occasion
criteria-input-none-met = Nothing yet
criteria-input-sent = { $sent } (due { $due })
criteria-input-not-sent = Not done (due { $due })
criteria-yes = Yes
criteria-no = No

criteria-source-by_hand = Answered by a person
criteria-source-plan_targets = Computed: targets of the plan reached of those set
criteria-source-forms = Computed: forms of communication used in the year
criteria-source-report = Computed: the report of a period made on time
criteria-source-report-of = Computed: the report of { $period } made on time
criteria-source-figures = Computed: the ratio of two figures entered by hand
criteria-source-figures-of = Computed: the figures “{ $part }” of “{ $whole }”
criteria-source-index = Computed: the value of a published index
criteria-source-index-of = Computed: the published index { $index }
criteria-source-index-of-body = Computed: the published index { $index } of { $body }
criteria-period-Q1 = the first quarter
criteria-period-H1 = the half-year
criteria-period-Q3 = the third quarter
criteria-period-year = the year

criteria-not-draft = This set is no longer a draft and cannot be changed. Copy it as a new version.
criteria-no-decision = The number and the day of the decision are needed before it is put in force.
criteria-empty = The set has no components yet.
criteria-findings-open = { $n } things in the table do not fit yet. Mend them, or keep them as they are with a note.
criteria-json = The JSON file cannot be read: { $why }
