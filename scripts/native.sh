# The natively compiled portokd. Sourced after common.sh, never run.
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

# Published again only when a source has changed. Its intermediate files are kept apart from those of the ordinary build,
# which is restored without a runtime identifier.
publish_native() {
  local stamp="$native_dir.stamp" fingerprint architecture
  architecture=$(native_architecture)
  fingerprint=$(source_fingerprint)
  if [[ -x "$native_dir/portokd" && -r "$stamp" && "$(<"$stamp")" == "$fingerprint" ]]; then return; fi
  dotnet publish src/Portok.Daemon --configuration "$configuration" --runtime "linux-$architecture" \
    -p:PublishAot=true -p:CppCompilerAndLinker=gcc --artifacts-path "$artifacts_dir/native-build" \
    --output "$native_dir" --verbosity quiet --nologo </dev/null
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
