# import_unit.sh SOURCE BUILD PYTHON - what backcast-import.service runs imports an account: its
# ExecStart, as systemd fills it in, asks a HubSpot on loopback.
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

# systemd's ${NAME} and $NAME are the shell's, %d is the folder of what was handed over.
command=$(sed -n 's/^ExecStart=//p' "$unit" | sed "s,/usr/bin/backcast,'$build/backcast',; s,%d,credentials,")
sed -n 's/^Environment=//p' "$unit" >settings
sed 's/^#\([A-Z_]*=\)/\1/' "$source/tools/packaging/systemd/import.env" | grep -v '^#' >>settings
cat >>settings <<END
BACKCAST_LEDGER=ledger
IMPORT_ACCOUNT=hubspot.yaml
IMPORT_OPTIONS="--base-url $(cat address)"
END
set -a
. ./settings
set +a
eval "$command" >imported 2>&1 || { cat imported; exit 1; }
grep -Eq '^hubspot: [1-9][0-9]* events added' imported || { cat imported; exit 1; }
eval "$command" >imported 2>&1 # and goes on from there
grep -q '^hubspot: 0 events added' imported || { cat imported; exit 1; }
