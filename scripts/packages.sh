# Installs the Debian packages a script needs and a fresh machine lacks. Sourced.
# shellcheck shell=bash

missing_packages=()

# need TEST PACKAGES WHY: remembers the packages (a space-separated list) unless TEST succeeds.
# TEST is a command's name or the path of a file.
need() {
  local test=$1 packages=$2 why=$3
  if [[ "$test" == /* ]]; then
    [[ -e "$test" ]] && return
  else
    # Debian keeps servers in sbin, which is not on every user's PATH.
    PATH="$PATH:/usr/sbin:/sbin" command -v "$test" >/dev/null && return
  fi
  printf '  %-16s is missing: %s\n' "$packages" "$why"
  # shellcheck disable=SC2206 # a list of words on purpose
  missing_packages+=($packages)
}

# Installs what need() found missing: as root, or with sudo, or says the command and gives up.
install_missing() {
  if ((${#missing_packages[@]} == 0)); then
    echo "nothing is missing"
    return
  fi
  local install=(apt-get install --yes --no-install-recommends "${missing_packages[@]}")
  command -v apt-get >/dev/null || fail "please install: ${missing_packages[*]}"
  local as_root=()
  if ((EUID != 0)); then
    if ! command -v sudo >/dev/null || { [[ ! -t 0 ]] && ! sudo --non-interactive true 2>/dev/null; }; then
      fail "please run as root: apt-get update && ${install[*]}"
    fi
    as_root=(sudo)
  fi
  echo "installing ${missing_packages[*]}"
  "${as_root[@]}" bash -s -- "${install[@]}" <<'ROOT'
    set -euo pipefail
    export DEBIAN_FRONTEND=noninteractive
    # The servers are wanted as programs: Debian would start them as services, on port 80.
    policy=/usr/sbin/policy-rc.d
    if [[ ! -e $policy ]]; then
      trap 'rm -f "$policy"' EXIT
      printf '#!/bin/sh\nexit 101\n' >"$policy"
      chmod 755 "$policy"
    fi
    log=$(mktemp)
    # Two runs at once wait for each other here instead of failing.
    wait=(-o DPkg::Lock::Timeout=300)
    for attempt in 1 2 3; do
      if { apt-get "${wait[@]}" update && "$1" "${wait[@]}" "${@:2}"; } >"$log" 2>&1 </dev/null; then
        rm -f "$log"
        exit 0
      fi
      echo "attempt $attempt of 3 failed" >&2
      sleep $((attempt * 2))
    done
    cat "$log" >&2
    rm -f "$log"
    exit 1
ROOT
}
