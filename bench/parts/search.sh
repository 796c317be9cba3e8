# 200 questions, one after the other, over one connection. Sourced by bench/run.
# shellcheck shell=bash disable=SC2154  # set by bench/run

part_search() {
  fill
  start_loa "$data" "${on_server_core[@]}"
  local began_cpu kind
  ask_search <"$here/queries.txt" >/dev/null # Brings the index from the disk.
  began_cpu=$(cpu_s "$loa_pid")
  echo "all:          $(ask_search <"$here/queries.txt" | spread ms); load $(load)"
  echo "processor:    $(awk -v a="$began_cpu" -v b="$(cpu_s "$loa_pid")" 'BEGIN { printf "%.2f ms each", (b - a) * 5 }')"
  for kind in folded accented abbreviation phrase; do
    printf '%-13s %s\n' "$kind:" "$(grep "^$kind" "$here/queries.txt" | ask_search | spread ms)"
  done
}

# Reads lines of queries.txt; prints how many milliseconds each answer took.
ask_search() {
  python3 -c '
import sys, urllib.parse
for line in sys.stdin:
    words = urllib.parse.quote(line.rstrip("\n").split("\t")[1])
    print(f"url = \"{sys.argv[1]}/api/v1/search?q={words}\"\noutput = /dev/null")' "$origin" |
    curl -sf -K - -w '%{time_total}\n' | awk '{ print $1 * 1000 }'
}
