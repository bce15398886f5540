# The Debian package. Sourced by ./package.
# shellcheck shell=bash disable=SC2154 # variables of ./package

# 2.0.0-alpha.0.7 → 2.0.0~alpha.0.7-1: Debian sorts '~' before the release it leads to.
debian_version() { printf '%s-%s\n' "${version/-/\~}" "$revision"; }

debian_architecture() {
  case "$1" in
    x64) echo amd64 ;;
    *) echo "$1" ;;
  esac
}

# What the programs need, read from them: the newest symbol of the C library they use, and OpenSSL, which they load by name.
debian_depends() {
  local programs=$1 newest library
  newest=$(readelf --version-info --wide "$programs/portok" "$programs/portokd" | grep -o 'GLIBC_[0-9.]*' | sort -uV | tail -n 1)
  while read -r library; do
    case "$library" in
      libc.so.* | libm.so.* | libdl.so.* | libpthread.so.* | librt.so.* | ld-linux*) ;;
      *) fail "no Debian package is known for $library; name it in scripts/package-deb.sh" ;;
    esac
  done < <(readelf --dynamic --wide "$programs/portok" "$programs/portokd" | sed -n 's/.*(NEEDED).*\[\(.*\)\]/\1/p' | sort -u)
  printf 'libc6 (>= %s), libssl3 | libssl3t64\n' "${newest#GLIBC_}"
}

# deb ARCHITECTURE
deb() {
  local architecture=$1 root="$stage/deb-$1" programs file size control
  programs=$(programs_folder "$architecture")
  file="$packages_dir/portok_$(debian_version)_$(debian_architecture "$architecture").deb"
  rm -rf "$root"
  install_tree "$root" usr "$architecture"
  install -d -m 755 "$root/DEBIAN" "$root/usr/share/doc/portok" "$root/usr/share/lintian/overrides"
  install -m 644 packaging/debian/copyright "$root/usr/share/doc/portok/copyright"
  install -m 644 packaging/debian/lintian-overrides "$root/usr/share/lintian/overrides/portok"
  printf 'portok (%s) unstable; urgency=medium\n\n  * Built from the sources of version %s.\n\n -- %s  %s\n' "$(debian_version)" "$version" \
    "$(sed -n 's/^Maintainer: //p' packaging/debian/control)" "$(date --utc --rfc-email --date="@$SOURCE_DATE_EPOCH")" |
    gzip --best --no-name >"$root/usr/share/doc/portok/changelog.Debian.gz"
  install -m 755 packaging/debian/postinst packaging/debian/prerm packaging/debian/postrm "$root/DEBIAN/"
  size=$(du --summarize --apparent-size --block-size=1024 "$root/usr" | cut -f1)
  control=$(<packaging/debian/control)
  control=${control//@VERSION@/$(debian_version)}
  control=${control//@ARCHITECTURE@/$(debian_architecture "$architecture")}
  control=${control//@SIZE@/$size}
  printf '%s\n' "${control//@DEPENDS@/$(debian_depends "$programs")}" >"$root/DEBIAN/control"
  (cd "$root" && find usr -type f -printf '%P\0' | LC_ALL=C sort --zero-terminated | (cd usr && xargs --null md5sum) | sed 's|  |  usr/|') >"$root/DEBIAN/md5sums"
  chmod 644 "$root/DEBIAN/control" "$root/DEBIAN/md5sums" "$root/usr/share/doc/portok/changelog.Debian.gz"
  same_times "$root"
  dpkg-deb --build --root-owner-group -Zxz "$root" "$file.new" >/dev/null
  # Whole or not at all: a machine may be installing the one before.
  mv "$file.new" "$file"
  echo "$file"
}
