# `cargo check` after a change inside a feature. Sourced by bench/run.
# shellcheck shell=bash disable=SC2154  # set by bench/run

part_check() {
  local try began times=()
  (cd "$here/.." && cargo check -q -p editorial)
  for try in 1 2 3; do
    touch "$here/../crates/editorial/src/newsroom/article.rs"
    began=$EPOCHREALTIME
    (cd "$here/.." && cargo check -q -p editorial)
    times+=("$(since "$began")")
  done
  echo "cargo check -p editorial after a touch of newsroom/article.rs, ${try} tries: ${times[*]} s; load $(load)"
}
