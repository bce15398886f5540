# The peers, and the parsers that judge what Portok forwards.
# shellcheck shell=bash disable=SC2154 # variables of ./prove
need nginx nginx-light "a peer, and an origin that judges"
need haproxy haproxy "a peer"
need node nodejs "a peer (npm http-proxy), and an origin and a client that judge"
need npm npm "fetches http-proxy"
need curl curl "a client that judges"

prepare_more() {
  local folder=proof/Portok.Differential/node
  if [[ "$folder/package-lock.json" -nt "$folder/node_modules/.package-lock.json" ]]; then
    with_build_lock npm ci --prefix "$folder" --no-audit --no-fund --no-update-notifier --loglevel=error </dev/null
  fi
}
