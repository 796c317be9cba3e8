# A plan of 500 activities with 20,000 items over 60 units: each of its pages, counted live. Sourced by bench/run.
# shellcheck shell=bash disable=SC2154  # set by bench/run

part_plan() {
  local office="$dir/plan-office" jar="$dir/plan-cookies" base unit activity each year
  lay_out_office "$office" officer
  "$loa" fill --plan-items "$n_plan_items" --data "$office" | sed -n 1,2p
  start_loa "$office" "${on_server_core[@]}"
  rm -f "$jar"
  curl -s -o /dev/null -c "$jar" -H 'Sec-Fetch-Site: same-origin' \
    --data-urlencode "email=$email" --data-urlencode "password=$password" "$origin/desk/sign-in"
  base=$(desk /desk/plans | grep -o '/desk/plans/[0-9a-f-]\{36\}' | sed -n 1p)
  desk "$base" >"$dir/plan.html"
  unit=$(grep -o "$base/units/[0-9a-f-]\{36\}" "$dir/plan.html" | sed -n 30p)
  activity=$(grep -o "$base/activities/[0-9a-f-]\{36\}" "$dir/plan.html" | sed -n 77p)
  each=$(grep -o "$base/activities/[0-9a-f-]\{36\}" "$dir/plan.html" | sed -n 1p)
  year=$(grep -o '/ke-hoach/[0-9]\{4\}' "$dir/plan.html" | sed -n 1p)
  echo "the page of the plan: $(wc -c <"$dir/plan.html") bytes"
  printf 'public page, first: %s ms\n' "$(curl -sf -o /dev/null -w '%{time_total}' "$origin$year" | awk '{ print $1 * 1000 }')"
  local name path
  while read -r name path; do
    printf '%-24s %s\n' "$name:" "$(ask_desk "$path" | spread ms)"
  done <<END
plan $base
weights $base/weights
unit $unit
activity $activity
activity_of_every_unit $each
activity_form $activity/edit
figure_form $activity/figures/new
plans /desk/plans
programmes /desk/programmes
items /desk/items
public $year
programs /api/v1/plans/${year##*/}
END
  echo "load $(load)"
}

# A page of the desk.
desk() {
  curl -sf -b "$dir/plan-cookies" "$origin$1"
}

# Asks a page 100 times, one after the other; prints milliseconds.
ask_desk() {
  local n
  desk "$1" >/dev/null || echo "no answer from $1" >&2
  for n in {1..100}; do
    curl -sf -o /dev/null -b "$dir/plan-cookies" -w '%{time_total}\n' "$origin$1"
  done | awk '{ print $1 * 1000 }'
}
