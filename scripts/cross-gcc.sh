#!/usr/bin/env bash
# Debian's cross compiler (PORTOK_CROSS_GCC) for the native compilation of .NET, which passes clang's --target; gcc knows its own.
set -euo pipefail

arguments=()
for argument in "$@"; do
  if [[ "$argument" != --target=* ]]; then arguments+=("$argument"); fi
done
exec "${PORTOK_CROSS_GCC:?}" "${arguments[@]}"
