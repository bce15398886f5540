#!/bin/sh
# Installs Portok from the folder this script lies in; --uninstall takes it away again. As root.
set -eu

usage() {
  cat <<'USAGE'
usage: ./install.sh [--prefix FOLDER] [--uninstall]

  Copies the programs, manual pages and completions under the prefix (/usr/local), the units to
  /etc/systemd/system, and makes the user portok, /etc/portok and /var/lib/portok.
  --uninstall removes the copies; instances, their states and the user stay ("portok clean"
  before it removes the instances).
USAGE
}

prefix=/usr/local
uninstall=0
while [ $# -gt 0 ]; do
  case "$1" in
    --prefix) [ $# -ge 2 ] || { usage >&2; exit 2; }; prefix=${2%/}; shift ;;
    --uninstall) uninstall=1 ;;
    -h | --help) usage; exit 0 ;;
    *) usage >&2; exit 2 ;;
  esac
  shift
done
case "$prefix" in
  /*) ;;
  *) echo "install.sh: --prefix $prefix is not an absolute path" >&2; exit 2 ;;
esac
if [ "$(id -u)" != 0 ]; then
  echo "install.sh: this must be run as root: sudo $0" >&2
  exit 1
fi

here=$(cd "$(dirname "$0")" && pwd)
units=/etc/systemd/system

reload() {
  if [ -d /run/systemd/system ]; then systemctl daemon-reload; fi
}

files() { (cd "$here" && find bin share -type f); }

if [ "$uninstall" = 1 ]; then
  if [ -d /run/systemd/system ]; then systemctl stop 'portok@*.service' 'portok@*.socket' || true; fi
  files | while read -r file; do rm -f "$prefix/$file"; done
  rm -f "$units/portok@.service" "$units/portok@.socket"
  reload
  echo "removed from $prefix; instances in /etc/portok and /var/lib/portok stay"
  exit 0
fi

files | while read -r file; do
  mode=644
  case "$file" in bin/*) mode=755 ;; esac
  install -d -m 755 "$prefix/$(dirname "$file")"
  # Under another name first: a program that runs is not written over but replaced.
  install -m "$mode" "$here/$file" "$prefix/$file.new"
  mv -f "$prefix/$file.new" "$prefix/$file"
done

if ! getent group portok >/dev/null; then groupadd --system portok; fi
if ! getent passwd portok >/dev/null; then
  useradd --system --gid portok --home-dir /nonexistent --no-create-home --shell /usr/sbin/nologin portok
fi
[ -d /etc/portok ] || install -d -m 0750 -o root -g portok /etc/portok
[ -d /var/lib/portok ] || install -d -m 0750 -o portok -g portok /var/lib/portok

install -d -m 755 "$units"
install -m 644 "$here/lib/systemd/system/portok@.socket" "$units/portok@.socket"
sed "s|/usr/bin/portokd|$prefix/bin/portokd|" "$here/lib/systemd/system/portok@.service" >"$units/portok@.service.new"
chmod 644 "$units/portok@.service.new"
mv -f "$units/portok@.service.new" "$units/portok@.service"
reload

echo "installed under $prefix; running instances go on with the old program until: systemctl try-restart 'portok@*.service'"
echo "next: portok add NAME --port 3000 --target 8080"
