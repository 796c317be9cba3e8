# For every page.
desk = Desk
menu = Menu
main-menu = Main menu
breadcrumbs = You are here
skip-to-main = Skip to main content
other-language = Tiếng Việt
other-language-code = vi
to-portal = See the portal
sign-out = Sign out
password-change = Change password
pages = Pages
page-before = Previous
page-after = Next
home = Home

search-quick = Quick search
search-label = Search the portal
search-placeholder = Search news, plans
search-button = Search

footer-responsible = Responsible for the content:
footer-phone = Telephone:
footer-email = E-mail:
footer-follow = Follow
footer-atom = News (Atom)
footer-rss = News (RSS)
footer-about = About this portal

idle-title = Are you still there?
idle-text = Nothing has happened for a while. Your draft is saved; your session is about to end.
idle-seconds = seconds
idle-announce = {"{s}"} seconds until you are signed out
idle-stay = Stay signed in

form-problems = { $count ->
    [one] One place needs your attention
   *[other] { $count } places need your attention
}
form-required-note = Fields marked * are required.
form-too-many-fields = The form has too many fields.
form-too-slow = Sending took too long and the server stopped waiting. Check your connection and send again.
form-too-large = What you sent is too large. Files may have 20 MB; choose a smaller one and send again.
form-broken = What you sent was cut off. Send it again.
field-required = Fill this in.
field-too-long = This has { $chars } characters; { $most } is the most.
field-date = “{ $value }” is not a date. Write it like 06/03/2023.
field-number = “{ $value }” is not a whole number from { $least } to { $most }.
field-choice = Choose one from the list.
field-email = “{ $value }” is not an e-mail address.
period-unknown = Write the period as 2023-Q1 (first quarter), 2023-H1 (half-year), 2023-Q3 (nine months) or 2023 (whole year).

error-code = Error { $status }
error-home = To the home page
error-desk = To the desk
error-number = Incident number: { $number }. Give this number to your administrator.
error-fault-title = Something broke
error-fault = Your request was not carried out and nothing was changed. Try again in a few minutes.
error-not-found-title = There is no such page
error-not-found = The address may be mistyped, or the content has been withdrawn.
error-forbidden-title = You may not do this
error-stale-title = Somebody else has just saved this
error-stale = The content has changed since you opened the page. Go back, open the page again to compare, then save again.
error-too-many-title = Please wait a moment
error-too-many = Too many attempts. Try again in { $seconds } seconds.
error-invalid-title = This could not be done
error-invalid = Please look at the following:
refusal-cross-site = The request did not come from our own pages and was refused. Open the page again and send it again.
refusal-role = Your role does not have this right. Ask the administrator if you need it.
warning-more = See what to do
