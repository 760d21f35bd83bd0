-- wrk posts to the paths of a file with the cookie behind each, over and over: each thread the lines of its own members.
local number = 0
function setup(thread)
  thread:set("number", number)
  number = number + 1
end

function init(args)
  list, at = {}, 0
  local threads, line_number = tonumber(args[2]), 0
  for line in io.lines(args[1]) do
    local path, cookie = line:match("^(.-)\t(.*)$")
    if line_number % threads == number then
      local headers = { Cookie = cookie }
      for name, value in pairs(wrk.headers) do headers[name] = value end
      list[#list + 1] = wrk.format("POST", path, headers)
    end
    line_number = line_number + 1
  end
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
