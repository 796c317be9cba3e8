# Ready article pages, beside nginx with the same bytes as files. Sourced by bench/run.
# shellcheck shell=bash disable=SC2154  # set by bench/run

part_cached() {
  fill
  start_loa "$data" "${on_server_core[@]}"
  echo "fresh: $(memory_mb "$loa_pid") MB"
  local pages="$dir/pages-$n_articles-$n_pages"
  paths "$n_pages" >"$dir/asked"
  warm "$pages"
  start_nginx "$pages"
  tags
  rm -f "$dir"/cached-*.figures
  local round mode
  for ((round = 1; round <= n_rounds; round++)); do
    for mode in identity gzip known; do
      visit nginx "$mode" "$nginx_origin" "$nginx_pid"
      visit loa "$mode" "$origin" "$loa_pid"
    done
  done
  for mode in identity gzip known; do compare "$mode"; done
  echo "after it: $(memory_mb "$loa_pid") MB with $n_pages pages ready"
}

# Makes Loa render every page, and keeps its bytes as the files that nginx serves, plain and compressed.
warm() {
  local pages=$1 began=$EPOCHREALTIME last encoding=''
  rm -rf "$pages"
  mkdir -p "$pages/tin"
  fetch "$pages" '' <"$dir/asked"
  echo "$n_pages pages made in $(since "$began") s: $(memory_mb "$loa_pid") MB"
  last=$(tail -1 "$dir/asked")
  until [[ $encoding == gzip ]]; do
    encoding=$(curl -sf -H 'Accept-Encoding: gzip' -o /dev/null -w '%header{content-encoding}' "$origin$last")
    sleep 0.5
  done
  echo "and compressed after $(since "$began") s: $(memory_mb "$loa_pid") MB"
  fetch "$pages" .gz -H 'Accept-Encoding: gzip' <"$dir/asked"
  gzip -t "$pages$last.gz"
  echo "bytes of all: $(bytes "$pages" ! -name '*.gz') plain, $(bytes "$pages" -name '*.gz') compressed"
}

bytes() {
  find "$1" -type f "${@:2}" -printf '%s\n' | awk '{ sum += $1 } END { print sum }'
}

fetch() {
  local pages=$1 ending=$2
  shift 2
  sed "s|.*|url = \"$origin&\"\noutput = \"$pages&$ending\"|" | curl -sf "$@" -K -
}

# Path, Loa's tag and nginx's tag of every page, for visitors who have it already.
tags() {
  local server
  for server in "$origin" "$nginx_origin"; do
    sed "s|.*|url = \"$server&\"\noutput = /dev/null|" "$dir/asked" | curl -sf -K - -w '%header{etag}\n' \
      >"$dir/tags-${server##*:}"
  done
}

# One measurement: visit NAME MODE ORIGIN PID. Adds requests per second and per processor second to the figures.
visit() {
  local name=$1 mode=$2 server=$3 pid=$4 before after said
  before=$(cpu_s "$pid")
  said=$("${on_client_core[@]}" wrk -t1 -c32 -d"${seconds}s" --timeout 30s -s "$here/visit.lua" "$server" -- \
    "$dir/asked" "$dir/tags-${server##*:}" "$mode" | sed -n 's/^figures //p')
  after=$(cpu_s "$pid")
  local requests elapsed bad p50 p99
  read -r requests elapsed bad p50 p99 <<<"$said"
  [[ $bad == 0 ]] || { echo "$name answered $bad requests otherwise than asked" >&2; return 1; }
  awk -v n="$requests" -v s="$elapsed" -v cpu="$after" -v was="$before" -v p50="$p50" -v p99="$p99" \
    'BEGIN { printf "%.0f %.0f %s %s\n", n / s, n / (cpu - was), p50, p99 }' >>"$dir/cached-$name-$mode.figures"
  echo "  $name $mode: $(tail -1 "$dir/cached-$name-$mode.figures") load $(load)"
}

# The ratio of every pair of neighbours, and the middle one of them.
compare() {
  local mode=$1
  paste -d' ' "$dir/cached-loa-$mode.figures" "$dir/cached-nginx-$mode.figures" |
    awk '{ print $1 / $5, $2 / $6 }' >"$dir/ratios"
  printf '%-9s loa/nginx: %.2f per second (%s), %.2f per processor second (%s)\n' "$mode" \
    "$(cut -d' ' -f1 "$dir/ratios" | median)" "$(range 1)" "$(cut -d' ' -f2 "$dir/ratios" | median)" "$(range 2)"
  local name
  for name in loa nginx; do
    printf '%-9s %-5s median %s requests per second, %s per processor second\n' "$mode" "$name" \
      "$(cut -d' ' -f1 "$dir/cached-$name-$mode.figures" | median)" \
      "$(cut -d' ' -f2 "$dir/cached-$name-$mode.figures" | median)"
  done
}

range() {
  cut -d' ' -f"$1" "$dir/ratios" | sort -g | awk 'NR == 1 { least = $1 } END { printf "%.2f to %.2f", least, $1 }'
}
