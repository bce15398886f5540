# The command line as a dotnet tool. Sourced by ./package.
# shellcheck shell=bash disable=SC2154 # variables of ./package

tool() {
  local file="$packages_dir/Portok.Cli.Tool.$version.nupkg"
  rm -f "$file"
  dotnet pack src/Portok.Cli --configuration "$configuration" --output "$packages_dir" -p:PortokTool=true \
    "-p:MinVerVersionOverride=$version" -p:ContinuousIntegrationBuild=true \
    --artifacts-path "$artifacts_dir/tool-build" --verbosity quiet --nologo </dev/null
  echo "$file"
}
