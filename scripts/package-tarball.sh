# The archive with an install script, for systems without dpkg. Sourced by ./package.
# shellcheck shell=bash disable=SC2154 # variables of ./package

# tarball ARCHITECTURE
tarball() {
  local architecture=$1 name="portok-$version-linux-$1" root="$stage/tarball"
  rm -rf "${root:?}/$name"
  install_tree "$root" "$name" "$architecture"
  install -m 755 packaging/tarball/install.sh "$root/$name/install.sh"
  install -m 644 LICENSE "$root/$name/LICENSE"
  same_times "$root/$name"
  tar --create --sort=name --owner=root:0 --group=root:0 --numeric-owner --directory "$root" "$name" |
    gzip --best --no-name >"$packages_dir/$name.tar.gz"
  echo "$packages_dir/$name.tar.gz"
}
