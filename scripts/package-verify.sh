# Shows that the same commit gives the same packages. Sourced by ./package.
# shellcheck shell=bash disable=SC2154 # variables of ./package

# What differs between the two: the folder, the time zone, the language, the rights of new files, the hour.
verify_packages() {
  local work one another kind difference arguments=()
  for kind in "${kinds[@]}"; do
    # An image is made by an engine, with times of its own.
    if [[ "$kind" != container ]]; then arguments+=("$kind"); fi
  done
  ((${#arguments[@]})) || fail "the image of a container cannot be verified"
  arguments+=(--no-install --arch "$architecture")
  if [[ -n "$(git status --porcelain)" ]]; then echo "what is not committed yet is no part of this" >&2; fi
  work=$(mktemp -d)
  one="$work/one" another="$work/another-folder/of-a-longer-name"
  git clone --quiet "$root_dir" "$one"
  git clone --quiet "$root_dir" "$another"
  (export TZ=UTC LC_ALL=C; umask 022; package_clone "$one")
  (export TZ=Pacific/Auckland LC_ALL=C.UTF-8; umask 027; package_clone "$another")
  difference=$(diff "$one.sums" "$another.sums") || fail "the same commit gave different packages, see $work:"$'\n'"$difference"
  cat "$one.sums"
  rm -rf "$work"
  echo "the same, byte for byte"
}

# package_clone FOLDER: makes the packages of a clone, writes their sums to FOLDER.sums.
package_clone() {
  local folder=$1
  "$folder/package" "${arguments[@]}" >/dev/null
  (cd "$folder/artifacts/packages" && find . -type f -print0 | LC_ALL=C sort --zero-terminated | xargs --null sha256sum) >"$folder.sums"
}
