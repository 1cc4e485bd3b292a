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
check "they have no classes of the examples" has_no_examples
check "the demo runs" $compose run --rm -T runner
check "it leaves the nodes as they are" same_containers
check "the demo runs while a node is killed" demo_with_a_node_killed
check "nodes stop when they are asked to" $compose stop node
check "with exit code 0" exit_code_is_zero
