# Starting, watching and stopping what is measured. Sourced by bench/run.
# shellcheck shell=bash disable=SC2154,SC2034  # set and read by the other files

readonly loa_port=18600 nginx_port=18610
readonly origin="http://127.0.0.1:$loa_port" nginx_origin="http://127.0.0.1:$nginx_port"
# What is measured has the first core for itself, what asks has the second.
on_server_core=(taskset -c 0)
on_client_core=(taskset -c 1)
loa_pid='' nginx_pid=''

# Starts Loa on an installation, on the server's core, and waits for its first page: start_loa DATA [command before].
start_loa() {
  local data=$1 began
  shift
  began=$EPOCHREALTIME
  "$@" "$loa" serve --data "$data" --listen "127.0.0.1:$loa_port" --trusted-proxies 127.0.0.1 2>"$dir/loa.log" &
  loa_pid=$!
  until curl -sf -o /dev/null "$origin/"; do
    kill -0 "$loa_pid" 2>/dev/null || { cat "$dir/loa.log" >&2; return 1; }
    sleep 0.005
  done
  started_s=$(since "$began")
}

# One worker, no log, files kept open: nginx at its best for this.
start_nginx() {
  local folder=$1 user=''
  [[ $EUID != 0 ]] || user='user root;'
  cat >"$dir/nginx.conf" <<END
$user
worker_processes 1;
daemon off;
pid $dir/nginx.pid;
error_log $dir/nginx.log;
events { worker_connections 1024; }
http {
  access_log off;
  default_type "text/html; charset=utf-8";
  sendfile on;
  tcp_nopush off;
  keepalive_requests 100000000;
  open_file_cache max=40000 inactive=1h;
  open_file_cache_valid 1h;
  gzip_static on;
  client_body_temp_path $dir/nginx-temp; proxy_temp_path $dir/nginx-temp; fastcgi_temp_path $dir/nginx-temp;
  uwsgi_temp_path $dir/nginx-temp; scgi_temp_path $dir/nginx-temp;
  server { listen 127.0.0.1:$nginx_port; root $folder; }
}
END
  "${on_server_core[@]}" nginx -c "$dir/nginx.conf" -e "$dir/nginx.log" &
  nginx_pid=$!
  until curl -s -o /dev/null "$nginx_origin/"; do
    kill -0 "$nginx_pid" 2>/dev/null || { cat "$dir/nginx.log" >&2; return 1; }
    sleep 0.02
  done
}

stop_all() {
  local pid
  for pid in $loa_pid $nginx_pid; do
    kill "$pid" 2>/dev/null || true
    wait "$pid" 2>/dev/null || true
  done
  loa_pid='' nginx_pid=''
}

# Processor seconds that a process and its children have used.
cpu_s() {
  local pid
  for pid in "$1" $(cat "/proc/$1/task/$1/children"); do
    sed 's/.*) //' "/proc/$pid/stat"
  done | awk -v per_s="$(getconf CLK_TCK)" '{ sum += $12 + $13 } END { printf "%.2f\n", sum / per_s }'
}

# Megabytes of memory that are the process's own, shared ones by their share.
memory_mb() {
  awk '/^Pss:/ { printf "%.0f\n", $2 / 1024 }' "/proc/$1/smaps_rollup"
}

load() {
  cut -d' ' -f1-3 /proc/loadavg
}
