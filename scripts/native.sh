# The natively compiled programs. Sourced after common.sh, never run.
# shellcheck shell=bash

native_dir="$artifacts_dir/native"

# The runtime identifier's last part; fails on machines that no figures exist for.
native_architecture() {
  case "$(uname -m)" in
    x86_64) echo x64 ;;
    aarch64) echo arm64 ;;
    *) fail "no native build for $(uname -m)" ;;
  esac
}

# Whether this machine can compile natively.
can_publish_native() {
  command -v gcc >/dev/null && [[ -e /usr/include/zlib.h ]]
}

# publish_program PROJECT PROGRAM ARCHITECTURE FOLDER [PROPERTY...]: published again only when a source or a property has
# changed. Its intermediate files are kept apart from those of the ordinary build, which is restored without a runtime
# identifier.
publish_program() {
  local project=$1 program=$2 architecture=$3 folder=$4 stamp="$4/.$2.stamp" fingerprint
  shift 4
  fingerprint="$(source_fingerprint) $architecture $*"
  if [[ -x "$folder/$program" && -r "$stamp" && "$(<"$stamp")" == "$fingerprint" ]]; then return; fi
  local properties=(-p:PublishAot=true)
  if [[ "$architecture" == "$(native_architecture)" ]]; then
    properties+=(-p:CppCompilerAndLinker=gcc)
  else
    PORTOK_CROSS_GCC="$(cross_triplet "$architecture")-gcc"
    export PORTOK_CROSS_GCC
    properties+=("-p:CppCompilerAndLinker=$root_dir/scripts/cross-gcc.sh" "-p:ObjCopyName=$(cross_triplet "$architecture")-objcopy")
  fi
  dotnet publish "$project" --configuration "$configuration" --runtime "linux-$architecture" "${properties[@]}" "$@" \
    --artifacts-path "$artifacts_dir/native-build" --output "$folder" --verbosity quiet --nologo </dev/null
  printf '%s\n' "$fingerprint" >"$stamp"
}

# For proofs: the packages it takes. A machine that cannot compile natively proves the ordinary build instead.
need_native_portokd() {
  need gcc "gcc libc6-dev" "native compilation links with it"
  need /usr/include/zlib.h zlib1g-dev "native compilation links against it"
}

# For proofs: makes $native_dir/portokd what the sources say now, or takes it away.
prepare_native_portokd() {
  if can_publish_native; then with_build_lock publish_native; else rm -f "$native_dir/portokd"; fi
}

# The name of another architecture's tools in Debian.
cross_triplet() {
  case "$1" in
    x64) echo x86_64-linux-gnu ;;
    arm64) echo aarch64-linux-gnu ;;
    *) fail "no cross compiler for $1" ;;
  esac
}

# The daemon alone, for this machine, into native_dir.
publish_native() {
  publish_program src/Portok.Daemon portokd "$(native_architecture)" "$native_dir"
}
