#!/bin/sh
# Watches the launcher; when it is gone, however it went, ends what it left. $1 = launcher's pid, $2 = data/run
trap '' INT HUP TERM
launcher=$1
run=$2
while kill -0 "$launcher" 2>/dev/null; do sleep 1; done
left() {
  for file in "$run"/*.pid "$run"/../postgres/postmaster.pid; do
    [ -f "$file" ] || continue
    pid=$(head -n 1 "$file")
    # Only what is ours: a number may have been given to another process since.
    case "$(ps -p "$pid" -o args= 2>/dev/null)" in
      *kangka*|*postgres*|*redis*) echo "$pid" ;;
    esac
  done
}
for pid in $(left); do kill -TERM "$pid" 2>/dev/null; done
# PostgreSQL's TERM waits for its clients; INT does not.
postmaster="$run/../postgres/postmaster.pid"
[ -f "$postmaster" ] && kill -INT "$(head -n 1 "$postmaster")" 2>/dev/null
seconds=0
while [ -n "$(left)" ] && [ $seconds -lt 10 ]; do sleep 1; seconds=$((seconds + 1)); done
for pid in $(left); do kill -KILL "$pid" 2>/dev/null; done
rm -f "$run"/*.pid
