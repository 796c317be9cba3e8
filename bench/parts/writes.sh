# 64 people who save at the same time, beside the disk's own fsync. Sourced by bench/run.
# shellcheck shell=bash disable=SC2154  # set by bench/run

part_writes() {
  local office="$dir/office" kind round disk saved
  lay_out_office "$office"
  start_loa "$office"
  for kind in language draft; do
    rm -f "$dir/writes.figures"
    for round in 1 2 3; do
      disk=$(python3 "$here/disk.py" "$dir" 2)
      saved=$(python3 "$here/writers.py" "$origin" "$email" "$password" "$kind" "$seconds")
      echo "$disk $saved" >>"$dir/writes.figures"
      echo "  $kind $round: disk $disk fsyncs per second (growing, in place), saves $saved load $(load)"
    done
    awk '{ print $3 / $1 }' "$dir/writes.figures" | median |
      sed "s/^/$kind: saves per second to fsyncs per second of a growing file, median: /"
    awk '{ print $3 / $2 }' "$dir/writes.figures" | median |
      sed "s/^/$kind: saves per second to fsyncs per second in place, median: /"
  done
}

# The office of the demonstration has people whose passwords are known: lay_out_office DIR [role].
lay_out_office() {
  local office=$1 role=${2:-writer} told
  rm -rf "$office"
  exec {told}< <(exec "$loa" demo --json --listen 127.0.0.1:0 --dir "$office" 2>"$dir/demo.log")
  loa_pid=$!
  IFS= read -r accounts <&"$told"
  kill "$loa_pid"
  while kill -0 "$loa_pid" 2>/dev/null; do sleep 0.1; done
  exec {told}<&-
  read -r email password < <(python3 -c '
import json, sys
one = next(a for a in json.loads(sys.argv[1])["accounts"] if a["role"] == sys.argv[2])
print(one["email"], one["password"])' "$accounts" "$role")
}
