#!/usr/bin/env bash
# A machine of its own with a booted systemd, for tests and for trying things out; see usage below.
set -euo pipefail

root_dir=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." && pwd)
# shellcheck source=scripts/common.sh
source "$root_dir/scripts/common.sh"

container_dir="$artifacts_dir/container"
# What the machine is made of besides the smallest Debian; a change makes a new one.
include=systemd,systemd-sysv,dbus
boot_time_limit=120

usage() {
  cat <<'USAGE'
usage: scripts/container.sh [--bind FOLDER:PLACE]... check | root | boot | run COMMAND... | shell

  Boots a fresh machine with systemd (debootstrap, systemd-nspawn) on a throw-away copy of a
  cached root. It has a network of its own with nothing but its loopback, sees the folder
  artifacts/packages as /packages, and leaves nothing behind. Any number at once.

  --bind   a folder of this machine that it sees too, to be read

  check    exit code 0 when this can work here, else says why not
  root     make the cached root when there is none, print its folder
  boot     boot and stay until told to end (SIGTERM); prints "leader PID" after each boot,
           for "nsenter --target PID --all COMMAND"
  run      boot, run the command in it, end; the exit code is the command's
  shell    boot, give a shell in it, end
USAGE
}

# Why it cannot work here; nothing when it can.
obstacle() {
  local command
  if ((EUID != 0)); then
    echo "a machine with systemd can be booted by root only; you are $(id -un)"
    return
  fi
  for command in debootstrap systemd-nspawn nsenter unshare setpriv flock; do
    if ! PATH="$PATH:/usr/sbin:/sbin" command -v "$command" >/dev/null; then
      echo "$command is missing: apt-get install debootstrap systemd-container util-linux"
      return
    fi
  done
  if ! unshare --mount --propagation private true 2>/dev/null; then
    echo "mounts are not allowed here (a container without privileges?)"
  elif ! grep -qw overlay /proc/filesystems && ! modprobe overlay 2>/dev/null; then
    echo "the kernel has no overlay file system"
  fi
}

must_be_able() {
  local reason
  reason=$(obstacle)
  if [[ -n "$reason" ]]; then fail "$reason"; fi
}

# The release of this machine: what was compiled here runs there.
release() {
  # shellcheck source=/dev/null
  (source /etc/os-release && echo "${VERSION_CODENAME:?this is no Debian}")
}

# Where this machine gets its own packages from.
mirror() {
  # No pipe into head: with pipefail its early end would count as a failure.
  local sites
  sites=$(apt-get indextargets --format '$(SITE)' 'Identifier: Packages' "Codename: $1" 'Component: main')
  [[ -n "$sites" ]] || sites=$(apt-get indextargets --format '$(SITE)' 'Identifier: Packages' "Release: $1" 'Component: main')
  [[ -n "$sites" ]] || fail "apt names no source for $1 main; apt-get update?"
  echo "${sites%%$'\n'*}"
}

make_root() {
  local root=$1 release=$2 log="$1.log"
  if [[ -d "$root" ]]; then return; fi
  echo "making the root of the test machine, once: a few minutes" >&2
  # A mirror that did not answer once may answer the next time.
  local attempt made=0
  for attempt in 1 2 3; do
    rm -rf "$root.new"
    if PATH="$PATH:/usr/sbin:/sbin" timeout 1200 debootstrap --variant=minbase --include="$include" "$release" "$root.new" "$(mirror "$release")" >"$log" 2>&1 </dev/null; then
      made=1
      break
    fi
    tail -n 20 "$log" >&2
    echo "debootstrap failed, attempt $attempt of 3" >&2
    sleep $((attempt * 5))
  done
  if ((!made)); then fail "debootstrap failed; all it said: $log"; fi
  # Downloaded packages and lists are of no use to anybody in there, and the machine needs no address of a mirror.
  rm -rf "$root.new"/var/cache/apt/archives/*.deb "$root.new"/var/lib/apt/lists/* "$root.new/etc/apt/sources.list"
  # A name of its own instead of this machine's, and an identity that each boot makes up (without the first boot's questions).
  echo portok-test >"$root.new/etc/hostname"
  printf '127.0.0.1 localhost\n::1 localhost\n127.0.1.1 portok-test\n' >"$root.new/etc/hosts"
  rm -f "$root.new/etc/machine-id" "$root.new/etc/resolv.conf"
  : >"$root.new/etc/machine-id"
  : >"$root.new/etc/resolv.conf"
  # Nobody logs in on a console.
  ln -sf /dev/null "$root.new/etc/systemd/system/console-getty.service"
  mv "$root.new" "$root"
}

cached_root() {
  local release root
  release=$(release)
  root="$container_dir/$release-$(cksum <<<"$include $(declare -f make_root)" | cut -d' ' -f1)"
  mkdir -p "$container_dir"
  (
    flock 9
    make_root "$root" "$release" 9>&-
  ) 9>"$container_dir/root.lock"
  echo "$root"
}

# The process that is the first one inside; empty when it is not there (yet).
leader_of() { pgrep --parent "$1" | head -n 1 || true; }

await_boot() {
  local nspawn=$1 leader state deadline=$((SECONDS + boot_time_limit))
  while ((SECONDS < deadline)); do
    kill -0 "$nspawn" 2>/dev/null || return 1
    leader=$(leader_of "$nspawn")
    if [[ -n "$leader" ]]; then
      state=$(nsenter --target "$leader" --all systemctl is-system-running 2>/dev/null || true)
      case "$state" in
        running | degraded) echo "$leader"; return ;;
      esac
    fi
    sleep 0.1
  done
  return 1
}

end_machine() {
  local leader deadline=$((SECONDS + 20))
  trap - EXIT
  if [[ -n "$nspawn" ]] && kill -0 "$nspawn" 2>/dev/null; then
    leader=$(leader_of "$nspawn")
    # SIGRTMIN+14: systemd powers off at once, without stopping services; the machine is thrown away anyhow.
    [[ -z "$leader" ]] || kill -s RTMIN+14 "$leader" 2>/dev/null || true
    while kill -0 "$nspawn" 2>/dev/null && ((SECONDS < deadline)); do sleep 0.05; done
    kill -KILL "$nspawn" 2>/dev/null || true
  fi
}

# Runs in mounts of its own: they go with its last process, whatever ends it.
inside() {
  local root=$1 machine="$container_dir/machine" code=0
  shift
  nspawn=""
  mount -t tmpfs -o size=3g,mode=755 portok "$machine"
  mkdir "$machine/upper" "$machine/work" "$machine/root"
  mount -t overlay -o "lowerdir=$root,upperdir=$machine/upper,workdir=$machine/work" portok "$machine/root"
  trap end_machine EXIT
  trap 'exit 143' TERM INT HUP
  while true; do
    code=0
    # Nothing of it outlives this script, not even after kill -9.
    SYSTEMD_NSPAWN_UNIFIED_HIERARCHY=1 setpriv --pdeathsig KILL systemd-nspawn --quiet --directory="$machine/root" --machine="portok-test-$$" \
      --register=no --keep-unit --private-network --link-journal=no --console=pipe \
      --bind-ro="$artifacts_dir/packages:/packages" "${binds[@]}" --boot </dev/null >"$machine/console" 2>&1 &
    nspawn=$!
    leader=$(await_boot "$nspawn") || { tail -n 30 "$machine/console" >&2; fail "the machine did not boot"; }
    if (($# > 0)); then
      "$@" || code=$?
      exit "$code"
    fi
    echo "leader $leader"
    wait "$nspawn" || code=$?
    # 133: it was told to reboot.
    ((code == 133)) || { tail -n 5 "$machine/console" >&2; fail "the machine ended by itself (exit code $code)"; }
  done
}

# With nothing of this machine's environment.
in_machine() {
  nsenter --target "$leader" --all -- env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root \
    LANG=C.UTF-8 TERM="${TERM:-dumb}" "$@"
}

in_own_mounts() {
  local bind again=()
  for bind in "${binds[@]}"; do again+=(--bind "${bind#--bind-ro=}"); done
  exec unshare --mount --propagation private bash "$0" "${again[@]}" --inside "$@"
}

main() {
  local action reason root
  # Also for the part that runs in its own mounts, which gets the same arguments.
  binds=()
  while [[ "${1:-}" == --bind && $# -ge 2 ]]; do
    binds+=(--bind-ro="$2")
    shift 2
  done
  action=${1:-}
  (($# == 0)) || shift
  case "$action" in
    check)
      reason=$(obstacle)
      [[ -z "$reason" ]] || { echo "$reason"; return 1; }
      ;;
    root | boot | run | shell)
      must_be_able
      root=$(cached_root)
      mkdir -p "$container_dir/machine" "$artifacts_dir/packages"
      case "$action" in
        root) echo "$root" ;;
        boot) in_own_mounts "$root" ;;
        run) (($# > 0)) || { usage >&2; return 2; }; in_own_mounts "$root" in_machine "$@" ;;
        shell) in_own_mounts "$root" in_machine bash ;;
      esac
      ;;
    --inside) inside "$@" ;;
    -h | --help) usage ;;
    *) usage >&2; return 2 ;;
  esac
}

main "$@"
