# From the start of the process to its first page. Sourced by bench/run.
# shellcheck shell=bash disable=SC2154  # set by bench/run

part_start() {
  fill
  local try times=()
  for try in 1 2 3 4 5; do
    start_loa "$data"
    times+=("$started_s")
    if ((try == 5)); then
      sleep 12 # The jobs of the house have run once by then.
      echo "idle after the first page: $(memory_mb "$loa_pid") MB"
    fi
    stop_all
  done
  echo "start to first page, five tries: ${times[*]} s; load $(load)"
}
