# A round of 150 bodies with 60 components and 3 pieces of evidence each: its pages, and its ranking counted live.
# Sourced by bench/run.
# shellcheck shell=bash disable=SC2154  # set by bench/run

part_round() {
  local office="$dir/round-office" jar="$dir/plan-cookies" base body component began=$EPOCHREALTIME
  lay_out_office "$office" officer
  "$loa" fill --agencies "$n_agencies" --components 60 --evidence 3 --data "$office" | head -2
  echo "filled in $(since "$began") s: $(du -sm "$office/loa.db" | cut -f1) MB of rows"
  start_loa "$office" "${on_server_core[@]}"
  rm -f "$jar"
  curl -s -o /dev/null -c "$jar" -H 'Sec-Fetch-Site: same-origin' \
    --data-urlencode "email=$email" --data-urlencode "password=$password" "$origin/desk/sign-in"
  base=$(desk /desk/rounds | grep -o '/desk/rounds/[0-9a-f-]\{36\}' | head -1)
  desk "$base" >"$dir/round.html"
  body=$(grep -o "$base/bodies/[0-9a-f-]\{36\}" "$dir/round.html" | sed -n 30p)
  component=$(desk "$body" | grep -o "$body/components/[0-9a-f-]\{36\}" | sed -n 30p)
  echo "the page of the round: $(wc -c <"$dir/round.html") bytes"
  local name path
  while read -r name path; do
    printf '%-24s %s\n' "$name:" "$(ask_desk "$path" | spread ms)"
  done <<END
rounds /desk/rounds
round $base
body $body
component $component
ranking $base/ranking
ranking_csv $base/ranking/csv
ranking_xlsx $base/ranking/xlsx
risk /desk/rounds/risk
END
  echo "ranks that differ from the points, sorted again: $(wrong_ranks "$base")"
  echo "load $(load)"
}

# Ranks of the CSV against the scores beside them, ties sharing the first place.
wrong_ranks() {
  desk "$1/ranking/csv" | tr -d '\r' | python3 -c '
import csv, sys
rows = [(int(r[0]), float(r[2])) for r in list(csv.reader(sys.stdin))[1:] if r[0]]
wrong = sum(1 for rank, score in rows if rank != 1 + sum(1 for _, other in rows if other > score))
print(wrong, "of", len(rows))'
}
