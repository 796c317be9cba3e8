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
