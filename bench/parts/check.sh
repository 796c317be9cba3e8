# `cargo check` after a change inside a feature. Sourced by bench/run.
# shellcheck shell=bash disable=SC2154  # set by bench/run

part_check() {
  local TIMEFORMAT='%R s by the clock, %U s + %S s of processor time' try
  (cd "$here/.." && cargo check -q -p editorial)
  for try in 1 2 3; do
    touch "$here/../crates/editorial/src/newsroom/article.rs"
    printf 'try %d: ' "$try"
    { time (cd "$here/.." && cargo check -q -p editorial 2>&1); } 2>&1
  done
  echo "load $(load)"
}
