#!/bin/sh
# The document at /v1/openapi.json against the running server, as agent and as admin: schemathesis must find nothing.
# Usage: tests/api/schemathesis.sh [examples an operation, default 100]. Needs python3; installs into target/.
set -eu
cd "$(dirname "$0")/../.."
examples="${1:-100}"
venv="${SCHEMATHESIS_VENV:-target/schemathesis}"
[ -x "$venv/bin/schemathesis" ] || {
    python3 -m venv "$venv"
    "$venv/bin/pip" install --quiet 'schemathesis>=4,<5'
}
out="$(mktemp -d)"
BALM_TEST_SERVE="$out" cargo test --quiet --test it -- --ignored --exact api::serve::serves_until_told_to_stop >"$out/server.log" 2>&1 &
server=$!
trap 'touch "$out/stop"; wait "$server" || true; rm -rf "$out"' EXIT INT TERM
waited=0
while [ ! -f "$out/url" ]; do
    kill -0 "$server" 2>/dev/null || { cat "$out/server.log"; exit 1; }
    sleep 1
    waited=$((waited + 1))
    [ "$waited" -lt 1200 ] || { echo "the server did not start"; exit 1; }
done
status=0
for role in agent admin; do
    echo "schemathesis as $role"
    # /v1/stream never ends; it has tests of its own (tests/it/api/live.rs).
    "$venv/bin/schemathesis" --config-file tests/api/schemathesis.toml run "$(cat "$out/url")/v1/openapi.json" \
        --checks all --max-examples "$examples" --seed 1 --exclude-path /v1/stream --workers 2 \
        --header "Authorization: Bearer $(cat "$out/$role")" || status=1
done
exit "$status"
