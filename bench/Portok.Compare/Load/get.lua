-- Only the summary: a function per request or response would cost the load generator its speed.
done = function(summary, latency, requests)
  local e = summary.errors
  io.write(string.format("portok-compare: %d %d %d %d %d %d\n",
    summary.requests, summary.duration, latency:percentile(50), latency:percentile(95), latency:percentile(99),
    e.connect + e.read + e.write + e.status + e.timeout))
end
