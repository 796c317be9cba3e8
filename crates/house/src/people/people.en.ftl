nav-accounts = Accounts
nav-units = Agency and units

role-writer = Writer
role-editor = Editor
role-approver = Approver
role-officer = PAR officer
role-head = Head of a unit
role-director = Director
role-clerk = Clerk
role-appraiser = Appraiser
role-feedback_handler = Feedback handler
role-administrator = Administrator

sign-in = Sign in
sign-in-wrong = The e-mail or the password is wrong. Check both and try again; if you forgot the password, tell the administrator.
password = Password
password-current = Current password
password-new = New password
password-again = New password again
password-hint = At least { $least } characters. A sentence that you remember is best; capitals and signs are not required.
password-save = Save password
password-must = Somebody else chose this password. Choose one of your own before you go on.
password-wrong = The current password is wrong.
password-differs = The two are not the same.
password-too-short = A password needs at least { $least } characters.
password-too-long = A password has at most { $most } characters.
password-too-easy = This password is easy to guess. Use a sentence of a few different words, without your name or e-mail.
done-password = Your password is changed; your other sessions have ended.

account-email = Work e-mail
account-no-role = Choose at least one role.
account-email-taken = This e-mail already has an account.

account-add = Add an account
account-count = { $count ->
    [one] { $count } account
   *[other] { $count } accounts
}
account-filter = Filter this page
account-filter-count = {"{n}"} accounts left
account-name = Full name
account-email-hint = Used to sign in, for example: ha.vo@stp.example.gov.vn
account-job-title = Position
account-job-title-hint = For example: Deputy head of division
account-pen-name = Pen name
account-pen-name-hint = Stands under articles. If empty, the initials of the name are used.
account-unit = Unit
account-no-unit = No unit
account-roles = Roles
account-roles-hint = One person may hold several roles.
account-state = State
account-state-active = Active
account-state-suspended = Suspended
account-signed-in = Last sign-in
account-never = Never signed in
account-save = Save account
account-back = Back to the accounts
account-keep = Cancel
account-entry = Signing in
account-reset = Reset password
account-reset-hint = When the person has forgotten the password: a new one is made, shown only once, and all of the person's sessions end.
account-reset-confirm = Reset the password and end all sessions of this person?
account-suspend = Suspend account
account-suspend-hint = The person can no longer sign in and all their sessions end at once. Articles and the log stay as they are.
account-suspend-confirm = Suspend the account and end all sessions of this person?
account-activate = Reopen account
account-activate-hint = The person can sign in again with the old password.
account-self-suspend = You cannot suspend your own account. Ask another administrator.
account-self-reset = You cannot reset your own password here. Use “Change password”.
account-last-administrator = This is the agency's only active administrator. Give the role Administrator to somebody else first.
account-added = The account is added
account-was-reset = The password is reset
account-password-once = The password below is shown only once. Hand it to the person before you leave this page.
account-first-password = First password
account-password-must = At the first sign-in the person must choose a password of their own.
done-account = The account is saved.
done-suspended = The account is suspended; all sessions of this person have ended.
done-activated = The account is open again.

unit-add = Add a unit
unit-list = The agency's units
unit-filter = Filter the list
unit-filter-count = {"{n}"} units left
unit-none-title = There is no unit yet
unit-none = Add the divisions and units before work of the plan is assigned.
unit-name = Name of the unit
unit-short-name = Short name
unit-short-name-hint = If empty, the full name is used.
unit-symbol = Symbol
unit-symbol-hint = For example: VP
unit-back = Back to the units
done-unit = The unit is saved.
unit-closed = This unit has ended, so it cannot be changed any more.
unit-until = { $name } (until before { $day })
unit-past = Units that have ended
unit-past-day = Ended on
unit-history = Mergers and splits
unit-moves-link = See what was moved
unit-merge = Merge units
unit-merge-lead = The old units end; people and open work go to the new one. Closed plans and reports that were made do not change.
unit-merge-units = Units that merge
unit-merge-units-hint = Choose two or more.
unit-merge-too-few = Choose at least two different units to merge.
unit-merge-into = Unit that goes on
unit-into-new = A new unit
unit-into = Taken in by: { $name }
unit-merge-name = Name of the new unit
unit-merge-name-hint = Only for a new unit.
unit-merge-act = Merge
done-unit-merged = Merged; people and open work have gone to this unit.
unit-split = Split a unit
unit-split-title = Split { $name }
unit-split-lead = This unit ends; its people and open work are shared among the new units in the next step.
unit-split-name = New unit { $n }
unit-split-act = Split
done-unit-was-split = Split; people and open work have gone to the new units.
unit-day = In force from
unit-day-hint = Not after today: people and work are moved when this is saved.
unit-day-future = The day cannot be after today.
unit-day-before = The day must come after the first day of { $name }.
unit-decision-number = Number of the decision
unit-decision-hint = The decision on the organisation, if there is one; shown in the footnote of charts over years.
unit-decision-on = Day of the decision
unit-name-taken = Another unit bears this name.
unit-name-twice = Two new units cannot have the same name.
unit-preview = See what goes along
unit-preview-lead = Nothing has changed yet. Look carefully, then do it.
unit-preview-edit = Change it
unit-preview-cancel = Cancel
unit-preview-stays = Activities that are done, published articles, closed plans and reports that were made keep the name of the old unit.
unit-change = The change
unit-ending = Units that end
unit-going-on = Units that go on
unit-answering = Who answers
unit-accountable = Who answers for the activities that go to { $unit }
unit-accountable-same = Whoever answers now
unit-moves = Log of the moves
unit-moves-none = No person and no work goes along.
unit-moves-empty = Nothing has been moved here or away.
unit-moves-people = { $count ->
    [one] { $count } person
   *[other] { $count } people
}
unit-moves-activities = { $count ->
    [one] { $count } activity that is not done
   *[other] { $count } activities that are not done
}
unit-moves-articles = { $count ->
    [one] { $count } article that is being written
   *[other] { $count } articles that are being written
}
unit-moves-others = { $count ->
    [one] { $count } other thing
   *[other] { $count } other things
}
unit-move-from = From
unit-move-to = To
unit-move-to-of = Receiving unit: { $title }
unit-move-kind = Kind
unit-move-when = When
unit-move-person = Person
unit-move-activity = Activity
unit-move-article = Article
unit-move-other = Other
unit-joined = { $from } became { $to } on { $day }
unit-parted = { $from } was split into { $to } on { $day }
unit-by-decision = { $words } by { $number }
unit-by-dated-decision = { $words } by { $number } of { $day }

agency-edit = The agency
agency-name = Name of the agency
agency-short-name = Short name
agency-symbol = Symbol
agency-symbol-hint = Used in document numbers, for example: STP
agency-superior = The agency above it
agency-place = Place
agency-place-hint = Stands in the date line of documents, for example: Bình Định
agency-responsible = Responsible for the content
agency-responsible-hint = Shown at the foot of the portal's pages.
agency-address = Address
agency-phone = Telephone
agency-email = E-mail
done-agency = The agency is saved.
agency-signer = Signer of reports
agency-signer-lead = Shown at the end of reports. If empty, the office is Director and the name is left open.
agency-signer-title = Office of the signer
agency-signer-title-hint = For example: Director
agency-signer-name = Name of the signer
agency-signer-save = Save the signer
done-signer = The signer has been saved.

name-from = Valid from
name-from-hint = Documents and pages of earlier days keep the old name.
name-save = Save name and details
name-history = Names over time
name-name = Name

account-erase = Erase personal data on request
account-erase-hint = When this person asks to have their personal data erased:
account-erase-what = What will happen
account-erase-what-1 = Name, address, job and pen name of the account are erased; the account is closed for good.
account-erase-what-2 = In the log, the person's name and address are sealed under a key of their own; that key is destroyed, so that nobody can read them again, not even the operator. The proofs of the log can be checked as before.
account-erase-what-3 = What stays: what a nameless account did and when; and articles published under a pen name.
account-erase-what-4 = Old backups hold the key until they are discarded: tell the operator.
account-erase-reason = Reason
account-erase-reason-hint = It goes into the log and cannot be erased again, so do not write the person's name. For example: by the request of 05/12/2023.
account-erase-yes = Erase the personal data
account-erase-confirm = Erase this person's data? This cannot be undone.
account-erased-name = Erased on request
account-reason-short = Say more: who asked, by which letter.
account-is-erased = The personal data of this account was erased before.
account-self-erase = Nobody erases the account they sit in; ask another administrator.
done-account-erased = This person's data was erased.
