-- wrk script: one kind of request spread evenly over the hosts route-0 to route-(N-1), result as one line of JSON.
-- arguments: HOSTS PATH BODY_BYTES CLOSE [NAME VALUE]...      BODY_BYTES 0: GET, otherwise POST. CLOSE 1: a new connection per request.
local requests, turn = {}, 0

function init(arguments)
    local hosts, path = tonumber(arguments[1]), arguments[2]
    local body_bytes, close = tonumber(arguments[3]), arguments[4] == "1"
    local headers = {
        ["User-Agent"] = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko)",
        ["Accept"] = "text/html,application/json;q=0.9,*/*;q=0.8",
        ["Accept-Encoding"] = "gzip, deflate, br",
        ["Cookie"] = "session=6b1f0c9e2d7a4853b1f0c9e2d7a48536; theme=dark",
    }
    local method, body = "GET", nil
    if body_bytes > 0 then
        method, body = "POST", string.rep("y", body_bytes)
        headers["Content-Type"] = "application/octet-stream"
    end
    if close then headers["Connection"] = "close" end
    for i = 5, #arguments - 1, 2 do headers[arguments[i]] = arguments[i + 1] end
    -- Hosts in a scattered order, so that neighbours in a table are not asked one after the other: 7919 is prime and
    -- larger than any number of hosts here, hence every host comes once.
    for i = 0, hosts - 1 do
        headers["Host"] = "route-" .. (i * 7919 % hosts) .. ".example.com"
        requests[i] = wrk.format(method, path, headers, body)
    end
    hosts_count = hosts
end

function request()
    turn = turn + 1
    if turn >= hosts_count then turn = 0 end
    return requests[turn]
end

function done(summary, latency)
    local e = summary.errors
    io.write(string.format(
        'RESULT {"requests": %d, "microseconds": %d, "p50": %d, "p99": %d, "socket_errors": %d, "status_errors": %d}\n',
        summary.requests, summary.duration, latency:percentile(50), latency:percentile(99),
        e.connect + e.read + e.write + e.timeout, e.status))
end
