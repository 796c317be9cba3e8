# Article pages that nobody has asked for yet. Sourced by bench/run.
# shellcheck shell=bash disable=SC2154  # set by bench/run

part_first() {
  fill
  start_loa "$data"
  # Statements are prepared and words are parsed with the very first page, not with each.
  curl -sf -o /dev/null "$origin$(paths 1)"
  echo "first render:  $(paths 201 | tail -200 | ask_once); load $(load)"
  echo "the same again: $(paths 201 | tail -200 | ask_once)"
  echo "an article page: $(curl -sf "$origin$(paths 1)" | wc -c) bytes of HTML"
}

# Asks for each path once, over one connection, and tells how long the answers took.
ask_once() {
  sed "s|.*|url = \"$origin&\"\noutput = /dev/null|" | curl -sf -K - -w '%{time_starttransfer}\n' |
    awk '{ print $1 * 1000 }' | spread ms
}
