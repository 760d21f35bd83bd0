-- wrk asks for the paths of a file, one a line, over and over: each thread from a place of its own.
local number = 0
function setup(thread)
  thread:set("number", number)
  number = number + 1
end

function init(args)
  list = {}
  for path in io.lines(args[1]) do
    list[#list + 1] = wrk.format("GET", path)
  end
  at = math.floor(number * #list / tonumber(args[2]))
end

function request()
  at = at % #list + 1
  return list[at]
end

function done(summary, latency, requests)
  local lost = summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout
  io.stderr:write(string.format(
    '{"requests": %d, "microseconds": %d, "bytes": %d, "lost": %d, "refused": %d}\n',
    summary.requests, summary.duration, summary.bytes, lost, summary.errors.status))
end
