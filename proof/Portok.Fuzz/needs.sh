# Nothing but the SDK: the fuzzer runs in one process, without sockets.
# shellcheck shell=bash
:
