#!/bin/sh
# Watches the launcher; when it is gone, however it went, ends what it left. $1 = launcher's pid, $2 = data/run
trap '' INT HUP TERM
launcher=$1
run=$2
while kill -0 "$launcher" 2>/dev/null; do sleep 1; done
# Small images have no ps; macOS has no /proc.
command_of() {
  if [ -r "/proc/$1/cmdline" ]; then tr '\0' ' ' <"/proc/$1/cmdline"; else ps -p "$1" -o args= 2>/dev/null; fi
}
left() {
  for file in "$run"/*.pid "$run"/../postgres/postmaster.pid; do
    [ -f "$file" ] || continue
    pid=$(head -n 1 "$file")
    # Only what is ours: a number may have been given to another process since.
    case "$(command_of "$pid")" in
      *kangka*|*postgres*|*redis*) echo "$pid" ;;
    esac
  done
}
for pid in $(left); do kill -TERM "$pid" 2>/dev/null; done
# PostgreSQL's TERM waits for its clients; INT does not.
database=$(head -n 1 "$run/../postgres/postmaster.pid" 2>/dev/null)
case "$(command_of "$database")" in *postgres*) kill -INT "$database" 2>/dev/null ;; esac
seconds=0
while [ -n "$(left)" ] && [ $seconds -lt 10 ]; do sleep 1; seconds=$((seconds + 1)); done
# What the launcher was just starting writes its number a moment later.
seconds=0
while [ $seconds -lt 3 ]; do
  for pid in $(left); do kill -KILL "$pid" 2>/dev/null; done
  sleep 1
  seconds=$((seconds + 1))
done
for pid in $(left); do kill -KILL "$pid" 2>/dev/null; done
rm -f "$run"/*.pid
