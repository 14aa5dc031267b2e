# import_unit.sh SOURCE BUILD PYTHON - what backcast-import.service runs imports an account, and what
# sources.yaml names where there is one: its ExecStart, as systemd fills it in, asks a HubSpot on
# loopback.
set -euo pipefail
source=$1 build=$2 python=$3
scratch=$(mktemp -d)
trap 'kill "$fake" 2>/dev/null || true; rm -rf "$scratch"' EXIT
unit=$source/tools/packaging/systemd/backcast-import.service
cd "$scratch"

mkfifo end
"$python" -B "$source/tests/hubspot/fake_hubspot.py" <end >address 2>fake.log &
fake=$!
exec 9>end # it ends with its input
until [ -s address ] || ! kill -0 "$fake" 2>/dev/null; do sleep 0.1; done

mkdir credentials
printf 'fake-token\n' >credentials/hubspot-token
chmod 440 credentials/hubspot-token # as where systemd can but let one more user read it
"$build/backcast" --ledger=ledger init >/dev/null
"$build/backcast" import hubspot --discover --account=hubspot.yaml --base-url "$(cat address)" \
    --token-command 'cat credentials/hubspot-token' >discovered

# systemd's $NAME is the shell's, its $$ is one $ for the shell that it starts, and %d is the folder of
# what was handed over.
export PROGRAM=$build/backcast CREDENTIALS_DIRECTORY=credentials
command=$(sed -n 's/^ExecStart=//p' "$unit" |
    sed 's,\$\$,$,g; s,/usr/bin/backcast,"$PROGRAM",g; s,%d,credentials,g')
sed -n 's/^Environment=//p' "$unit" >settings
sed 's/^#\([A-Z_]*=\)/\1/' "$source/tools/packaging/systemd/import.env" | grep -v '^#' >>settings
cat >>settings <<END
BACKCAST_LEDGER=ledger
IMPORT_SOURCES=sources.yaml
IMPORT_ACCOUNT=hubspot.yaml
IMPORT_OPTIONS="--base-url $(cat address)"
END
set -a
. ./settings
set +a
run() {
    eval "$command" >imported 2>&1 || { cat imported; exit 1; }
}
says() {
    grep -Eq "$1" imported || { cat imported; exit 1; }
}

# --- without sources.yaml ---
run
says '^hubspot: [1-9][0-9]* events added'
run # and goes on from there
says '^hubspot: 0 events added'

# --- with one ---
export BACKCAST_LEDGER=another IMPORT_OPTIONS=--of-hubspot-alone
"$build/backcast" init >/dev/null
printf '%s\n' '{"id":"one","occurredAt":"2025-01-09T09:00:00Z","deal":"1","leadCaptured":{"channel":"web"}}' >some.jsonl
cat >sources.yaml <<END
sources:
  - { import: hubspot, every: 1h, base-url: "$(cat address)", token-command: cat \$CREDENTIALS_DIRECTORY/hubspot-token }
  - { import: jsonl, every: 1d, file: some.jsonl }
END
chmod 644 sources.yaml
run
says '^hubspot +done +[1-9]'
says '^jsonl +done +1 '
run # and has nothing to do before the hour is over
says '^hubspot +not due'
