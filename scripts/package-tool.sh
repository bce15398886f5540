# Both programs as a dotnet tool. Sourced by ./package.
# shellcheck shell=bash disable=SC2154 # variables of ./package

# tool ARCHITECTURE: the package with the programs, and the one of the tool's name, which leads to it. The daemon lies beside
# the command line, where "portok demo" looks for it.
tool() {
  local architecture=$1 root="$stage/tool-$1" programs
  programs=$(programs_folder "$architecture")
  install -d -m 755 "$root"
  install -m 755 "$programs/portok" "$programs/portokd" "$root/"
  same_times "$root"
  pack_tool
  pack_tool --runtime "linux-$architecture" "-p:PublishDir=$root/"
  printf '%s\n' "$packages_dir/Portok.linux-$architecture.$version.nupkg" "$packages_dir/Portok.$version.nupkg"
}

pack_tool() {
  dotnet pack packaging/tool --configuration "$configuration" --output "$packages_dir" -p:NoBuild=true "-p:Version=$version" \
    --artifacts-path "$artifacts_dir/tool-build" --verbosity quiet --nologo "$@" </dev/null
}
