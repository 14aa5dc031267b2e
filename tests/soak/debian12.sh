# A bare Debian 12 in a folder, as root: apt installs the package there with what it depends on and
# nothing more; the sample is asked, the manual is there, and nothing of it stays when it is purged.
set -euo pipefail
cd "$(dirname "$0")/../.."
[ "$(id -u)" = 0 ] || { echo "only root can make a system in a folder"; exit 1; }
command -v debootstrap >/dev/null || { echo "there is no debootstrap"; exit 1; }
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

./run deb
debootstrap --variant=minbase bookworm "$scratch/root" >"$scratch/log" 2>&1 || { tail -n 20 "$scratch/log"; exit 1; }
find "$scratch/root" -xdev -not -path '*/var/*' | sort >"$scratch/before"
cp build/deb/*.deb "$scratch/root/tmp"
for file in /etc/resolv.conf /etc/hosts /etc/apt/apt.conf; do
    [ ! -e "$file" ] || cp "$file" "$scratch/root$file"
done

inside() {
    chroot "$scratch/root" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root TERM=dumb LC_ALL=C.UTF-8 \
        DEBIAN_FRONTEND=noninteractive "$@"
}
inside sh -c 'apt-get -q install -y --no-install-recommends /tmp/backcast_*.deb'
inside backcast --version --verbose
inside backcast-check --version
inside backcast --ledger /root/review init
inside backcast --ledger /root/review import jsonl --keep-recorded-at \
    /usr/share/doc/backcast/examples/sample.jsonl.gz
inside backcast --ledger /root/review metrics --as-of 2026-03-29 | tee "$scratch/answer"
grep -Eq '^sqd +14 +5 +19' "$scratch/answer"
inside backcast --ledger /root/review verify
inside test -s /usr/share/man/man1/backcast.1.gz # path-excluded in no Debian made so
inside sh -c 'apt-get -q purge -y backcast && rm -rf /root/review'
left=$(find "$scratch/root" -xdev -not -path '*/var/*' | sort | comm -13 "$scratch/before" - | grep -i backcast || true)
[ "$left" = "$(cd build/deb && ls ./*.deb | sed "s,^\.,$scratch/root/tmp,")" ] || { echo "left: $left"; exit 1; }
echo "a bare Debian 12: installed, asked, purged"
