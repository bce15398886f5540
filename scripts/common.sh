# Shared by the scripts of the root and of this folder. Sourced, never run; needs root_dir to be set.
# shellcheck shell=bash

configuration=Release
framework=net10.0
artifacts_dir="$root_dir/artifacts"

export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_CLI_WORKLOAD_UPDATE_NOTIFY_DISABLE=1
export DOTNET_GENERATE_ASPNET_CERTIFICATE=false
# Build nodes that outlive the script would keep its output open and its caller waiting.
export MSBUILDDISABLENODEREUSE=1

fail() {
  printf '%s: %s\n' "${0##*/}" "$*" >&2
  exit 1
}

# Finds the SDK and lets the programs it builds find the same runtime, wherever it is installed.
require_dotnet() {
  local dotnet
  dotnet=$(command -v dotnet) || fail "the .NET 10 SDK is needed and 'dotnet' is not on the PATH"
  if [[ -z "${DOTNET_ROOT:-}" ]]; then
    DOTNET_ROOT=$(dirname "$(readlink -f "$dotnet")")
    export DOTNET_ROOT
  fi
  # Without ICU the SDK itself does not start unless it is told to do without.
  if ! ldconfig -p 2>/dev/null | grep -q libicuuc && [[ -z "${DOTNET_SYSTEM_GLOBALIZATION_INVARIANT:-}" ]]; then
    export DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1
  fi
}

# A fingerprint of everything the products are built from: a changed, added, removed or restored file changes it.
source_fingerprint() {
  (
    cd "$root_dir"
    # A path that is not there (yet) is no fault.
    { find src samples packaging Directory.Build.props Directory.Packages.props global.json \
      \( -name bin -o -name obj \) -prune -o -type f -printf '%p %s %T@\n' 2>/dev/null || true; } | LC_ALL=C sort | cksum
  )
}

# Runs a command while no other script builds this clone.
with_build_lock() {
  mkdir -p "$artifacts_dir"
  (
    if ! flock --nonblock 9; then
      printf 'waiting for another build of this clone\n' >&2
      flock 9
    fi
    # The lock is this shell's: what the command starts must not keep it.
    "$@" 9>&-
  ) 9>"$artifacts_dir/build.lock"
}
