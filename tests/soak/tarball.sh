# The tarball is unpacked in another system's folder, a bare Debian 13 (as root, and with debootstrap;
# else here, without an environment), and asked there.
set -euo pipefail
cd "$(dirname "$0")/../.."
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

./run tarball
mkdir "$scratch/root"
if [ "$(id -u)" = 0 ] && command -v debootstrap >/dev/null; then
    echo "in a bare Debian 13"
    debootstrap --variant=minbase trixie "$scratch/root" >"$scratch/log" 2>&1 || { tail -n 20 "$scratch/log"; exit 1; }
    inside() {
        chroot "$scratch/root" env -i PATH=/usr/bin "$@"
    }
else
    echo "not tried in another system: that takes root and debootstrap"
    inside() {
        (cd "$scratch/root" && env -i ".$1" "${@:2}")
    }
fi
mkdir -p "$scratch/root/opt"
tar -C "$scratch/root/opt" -xzf build/tarball/backcast-*.tar.gz
mv "$scratch"/root/opt/backcast-* "$scratch/root/opt/backcast"
backcast=/opt/backcast/bin/backcast
inside $backcast --version --verbose
inside ${backcast}-check --version
inside $backcast --ledger review init
inside $backcast --ledger review import jsonl --keep-recorded-at - \
    <"$scratch/root/opt/backcast/share/doc/backcast/examples/sample.jsonl"
inside $backcast --ledger review metrics --as-of 2026-03-29 | tee "$scratch/answer"
grep -Eq '^sqd +14 +5 +19' "$scratch/answer"
inside $backcast --ledger review verify
[ -s "$scratch/root/opt/backcast/share/man/man1/backcast.1" ]
