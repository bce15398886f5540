# Runs the test projects and adds up their counts. Sourced by ./test.
# shellcheck shell=bash disable=SC2154 # variables of ./test

# A project that has not ended by then hangs.
project_time_limit=${PORTOK_TEST_TIME_LIMIT:-30m}

results_dir=""
declare -A project_of_pid=()
declare -A start_of_pid=()

# The names of the selected test projects, one a line; the end-to-end project is the last.
selected_projects() {
  local file name word
  for file in tests/*.Tests/*.Tests.csproj; do
    name=$(basename "$file" .csproj)
    if ((${#selection[@]} == 0)); then
      echo "$name"
      continue
    fi
    for word in "${selection[@]}"; do
      case "$word" in
        unit) [[ "$name" == *.EndToEnd.* ]] || { echo "$name"; break; } ;;
        e2e) [[ "$name" != *.EndToEnd.* ]] || { echo "$name"; break; } ;;
        *) [[ "${name,,}" != *"${word,,}"* ]] || { echo "$name"; break; } ;;
      esac
    done
  done | sort --key=1,1 | awk '/\.EndToEnd\./ { last = last $0 "\n"; next } { print } END { printf "%s", last }'
}

start_project() {
  local name=$1
  local program="tests/$name/bin/$configuration/$framework/$name"
  local arguments=(--results-directory "$results_dir" --report-xunit-xml --report-xunit-xml-filename "$name.xml"
    --progress off --no-ansi)
  if [[ -n "$filter" ]]; then arguments+=(--filter-method "*$filter*" --ignore-exit-code 8); fi
  # timeout puts the tests into a process group of their own and ends all of it.
  timeout --kill-after=20s "$project_time_limit" "$program" "${arguments[@]}" \
    >"$results_dir/$name.log" 2>&1 </dev/null &
  project_of_pid[$!]=$name
  start_of_pid[$!]=$SECONDS
}

# The value of a counter in a project's report.
counter() {
  sed -n "s/.*<assembly [^>]*[[:space:]]$1=\"\([0-9]*\)\".*/\1/p" "$2" | head -n 1
}

# Waits for one project and adds its counts to the totals.
collect_one() {
  local pid code=0 name report seconds p=0 f=0 s=0 e=0 note=""
  wait -n -p pid "${!project_of_pid[@]}" || code=$?
  name=${project_of_pid[$pid]}
  seconds=$((SECONDS - start_of_pid[$pid]))
  unset "project_of_pid[$pid]"
  report="$results_dir/$name.xml"
  if [[ -s "$report" ]]; then
    p=$(counter passed "$report") f=$(counter failed "$report") s=$(counter skipped "$report") e=$(counter errors "$report")
    p=${p:-0} f=$((${f:-0} + ${e:-0})) s=${s:-0}
  fi
  if ((code == 124 || code == 137)); then
    f=$((f + 1)) note="ended after $project_time_limit: it hangs"
  elif [[ ! -s "$report" && ( -z "$filter" || $code -ne 0 ) ]]; then
    f=$((f + 1)) note="no report, exit code $code"
  elif ((p + f + s == 0)) && [[ -z "$filter" ]]; then
    f=$((f + 1)) note="it holds no test"
  elif ((code != 0 && f == 0)); then
    f=1 note="exit code $code"
  fi
  passed=$((passed + p)) failed=$((failed + f)) skipped=$((skipped + s))
  if ((f > 0)); then
    printf '\n--- %s\n' "$name"
    cat "$results_dir/$name.log"
    printf -- '---\n'
  fi
  if ((p + f + s > 0)); then
    printf '   %-30s %5d passed %3d failed %3d skipped %4d s%s\n' "$name" "$p" "$f" "$s" "$seconds" "${note:+  ($note)}"
  fi
}

end_projects() {
  local pid
  for pid in "${!project_of_pid[@]}"; do kill "$pid" 2>/dev/null || true; done
}

# Runs them side by side, as many as there are processors; the end-to-end project, which measures time, alone at the end.
run_test_projects() {
  local name jobs start=$SECONDS projects=()
  jobs=$(nproc)
  mkdir -p "$artifacts_dir/test-results"
  results_dir=$(mktemp -d "$artifacts_dir/test-results/run.XXXXXX")
  trap 'end_projects; exit 130' INT TERM HUP
  printf '== tests\n'
  mapfile -t projects < <(selected_projects)
  for name in "${projects[@]}"; do
    if [[ "$name" == *.EndToEnd.* ]]; then jobs=1; fi
    while ((${#project_of_pid[@]} >= jobs)); do collect_one; done
    start_project "$name"
  done
  while ((${#project_of_pid[@]} > 0)); do collect_one; done
  trap - INT TERM HUP
  printf '   %d s\n' $((SECONDS - start))
  if ((failed == 0)); then rm -rf "$results_dir"; else printf 'reports and logs: %s\n' "$results_dir"; fi
}
