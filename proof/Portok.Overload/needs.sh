# The native portokd, where the machine can compile it.
# shellcheck shell=bash
need_native_portokd
prepare_more() { prepare_native_portokd; }
