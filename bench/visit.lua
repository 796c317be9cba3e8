-- Visitors for wrk: each asks for another page. Arguments: file of paths, file of tags, mode.
-- Modes: identity, gzip, known (the visitor has the page already and is told 304).
local asked, expected, threads = {}, 200, {}
n_bad = 0 -- Read from outside of the thread.

function setup(thread)
  table.insert(threads, thread)
end

function init(args)
  local tags, mode = io.lines(args[2]), args[3]
  for path in io.lines(args[1]) do
    local tag, headers = tags(), {}
    if mode == "gzip" then headers["Accept-Encoding"] = "gzip" end
    if mode == "known" then headers["If-None-Match"] = tag end
    table.insert(asked, wrk.format("GET", path, headers))
  end
  if mode == "known" then expected = 304 end
  math.randomseed(1)
end

function request()
  return asked[math.random(#asked)]
end

function response(status)
  if status ~= expected then n_bad = n_bad + 1 end
end

function done(summary, latency)
  local errors = summary.errors
  local n = errors.connect + errors.read + errors.write + errors.timeout
  for _, thread in ipairs(threads) do n = n + thread:get("n_bad") end
  io.write(string.format("figures %d %.3f %d %.2f %.2f\n", summary.requests, summary.duration / 1e6, n,
    latency:percentile(50) / 1000, latency:percentile(99) / 1000))
end
