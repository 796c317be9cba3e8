nav-calendar = Working calendar

calendar-lead = Public holidays, Tết and swapped days; every deadline follows this calendar.
calendar-deadlines = Deadlines on days off
calendar-years = Year
calendar-month = Month { $month }
calendar-working-days = { $count ->
    [one] { $count } working day
   *[other] { $count } working days
}
calendar-mon = Mo
calendar-tue = Tu
calendar-wed = We
calendar-thu = Th
calendar-fri = Fr
calendar-sat = Sa
calendar-sun = Su
calendar-weekend = Weekend
calendar-kind-holiday = Holiday or day in lieu
calendar-kind-swapped_off = Off by exchange
calendar-kind-swapped_work = Worked in exchange
calendar-everywhere = Holds for every agency

calendar-days = Days off and days worked in exchange
calendar-days-none = No days off have been entered for this year; only Saturdays and Sundays count as off.
calendar-day = Day
calendar-name = Name
calendar-kind = Kind
calendar-decision = Document
calendar-decision-words = { $number } of { $day }
calendar-removed = Days that were removed
calendar-removed-when = Removed

calendar-add = Add days
calendar-lines = Days
calendar-lines-hint = One day or one range a line, with its name. For example: 01/01/2024 New Year; or: 08/02/2024 - 14/02/2024 Tết holiday.
calendar-fill = Fill in the fixed solar holidays of { $year }
calendar-fill-hint = By article 112 of the Labour Code. Tết, the Hùng Kings' day and the day next to the National Day are decided every year: add them; look at the days in lieu before saving.
calendar-fixed-new-year = New Year's Day
calendar-fixed-victory = Victory Day
calendar-fixed-labour = International Labour Day
calendar-fixed-national = National Day
calendar-in-lieu = Day in lieu of { $name }
calendar-decision-number = Number of the document
calendar-decision-hint = The document that decided on the days off or the exchange, if there is one.
calendar-decision-on = Day of the document
calendar-save = Save to the calendar
calendar-preview = See which deadlines would move
calendar-line-unreadable = Line { $line } (“{ $text }”) cannot be read. Write one day, or two days with a dash between them, then the name.
calendar-line-name = Line { $line } (“{ $text }”) needs a name of at most 120 characters.
calendar-line-far = Line { $line } (“{ $text }”): the year must be from 2000 to 2100.
calendar-line-range = Line { $line } (“{ $text }”): the last day must come after the first, and a range has at most 31 days.
calendar-line-twice = Line { $line }: the day { $day } stands in a line above already.
calendar-too-many = At most { $most } days are added at once.
calendar-day-taken = The day { $day } is in the calendar already: “{ $name }”. Remove it first if it must be replaced.
done-calendar-added = Added to the calendar.

calendar-remove = Remove
calendar-remove-title = Remove a day from the calendar
calendar-reason = Reason
calendar-reason-hint = Kept in the log and shown below the calendar.
calendar-back = Back to the calendar
done-calendar-removed = The day has been removed from the calendar.

calendar-week = Working week
calendar-saturday = The agency works on Saturday mornings
calendar-saturday-hint = When ticked, Saturdays count as working days for every deadline.
calendar-week-save = Save the working week
done-calendar-week = The working week has been saved.
