#!/usr/bin/env bash
# Runs the demo of docker-compose.yml on three nodes, and again while one of them is killed. Needs the jar that
# "mvn package" builds. The environment variable DOCKER is the docker command to use.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../../.."
docker=${DOCKER:-docker}
compose="$docker compose --profile demo --project-name ignite-tasks-demo"

check() {
    local what=$1
    shift
    if "$@"; then echo "passed: $what"; else echo "FAILED: $what"; $compose logs --tail 30; exit 1; fi
}

servers() { $compose logs node | grep -Eo 'its grid has [0-9]+ servers' | grep -Eo '[0-9]+' | sort -n | tail -1; }

three_servers() { [[ $(servers) == 3 ]]; }

containers() { $compose ps -q node | sort; }

same_containers() { [[ $(containers) == "$started" ]]; }

exit_codes() { $compose ps -aq node | grep -v "$killed" | xargs $docker inspect --format '{{.State.ExitCode}}'; }

exit_code_is_zero() { [[ $(exit_codes | sort -u) == 0 ]]; }

has_no_examples() { [[ -z $($compose exec -T --index 1 node find /app -path '*examples*') ]]; }

in_node() { $compose exec -T --index 1 node "$@"; }

root_is_read_only() { ! in_node touch /app/file 2>/dev/null && in_node touch /tmp/file; }

has_no_capabilities() { [[ $(in_node grep -Ec '^Cap...:\s+0+$' /proc/1/status) == 5 ]]; }

gains_no_privileges() { in_node grep -Eq '^NoNewPrivs:\s+1$' /proc/1/status; }

has_bounded_threads() { [[ $($docker inspect --format '{{.HostConfig.PidsLimit}}' "$(containers | head -1)") == 2048 ]]; }

addresses() { containers | xargs $docker inspect --format '{{range .NetworkSettings.Networks}}{{.IPAddress}} {{end}}'; }

host_reaches_none() {
    local address
    for address in $(addresses); do
        if timeout 2 bash -c "</dev/tcp/$address/47500" 2>/dev/null; then return 1; fi
    done
}

runs_without_root() { [[ $($compose exec -T --index 1 node id -u) != 0 ]]; }

# Kills it once the demo is at 20, a number that the demo before did not reach.
demo_with_a_node_killed() {
    local log
    log=$(mktemp)
    COUNT_TO=60 $compose run --rm -T runner >"$log" 2>&1 &
    local demo=$!
    for _ in {1..600}; do
        if $compose logs node | grep -q '#20$'; then break; fi
        kill -0 $demo || break
        sleep 0.1
    done
    kill -0 $demo
    killed=$($compose ps -q node | head -1)
    $docker kill "$killed" >/dev/null
    local code=0
    wait $demo || code=$?
    cat "$log"
    rm -f "$log"
    [[ $code == 0 ]]
}

trap '$compose down --timeout 45 --remove-orphans >/dev/null 2>&1' EXIT
$compose down --remove-orphans >/dev/null 2>&1
check "three nodes start and are healthy" $compose up -d --build --wait node
started=$(containers)
check "they find each other by the name of their service" three_servers
check "they run without root" runs_without_root
check "their root is read-only" root_is_read_only
check "they have no capabilities" has_no_capabilities
check "they gain no privileges" gains_no_privileges
check "the number of their threads is bounded" has_bounded_threads
check "the host does not reach them" host_reaches_none
check "they have no classes of the examples" has_no_examples
check "the demo runs" $compose run --rm -T runner
check "it leaves the nodes as they are" same_containers
check "the demo runs while a node is killed" demo_with_a_node_killed
check "nodes stop when they are asked to" $compose stop node
check "with exit code 0" exit_code_is_zero
