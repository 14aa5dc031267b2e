# deb.sh SOURCE BUILD - the Debian packages of a release build: lintian has nothing to say, they are
# installed by dpkg into a folder, run and are read there, and leave nothing when they are removed.
set -euo pipefail
source=$1 build=$2
command -v dpkg-buildpackage >/dev/null || exit 77
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export LC_ALL=C PATH=$PATH:/usr/sbin:/sbin
root=$scratch/root

fault() {
    printf '%s\n' "$*"
    exit 1
}

quietly() {
    "$@" >"$scratch/log" 2>&1 || { cat "$scratch/log"; fault "failed: $*"; }
}

inside() { # DPKG'S ARGUMENTS
    quietly dpkg "--root=$root" --force-not-root --force-depends --log=/dev/null "$@"
}

field() { # NAME
    dpkg-deb --field "$deb" "$1"
}

quietly bash "$source/tools/packaging/deb.sh" "$build" "$scratch/out"
deb=$(echo "$scratch"/out/backcast_*.deb)

# --- as a package ---
if command -v lintian >/dev/null; then
    quietly lintian --allow-root --fail-on error,warning "$scratch"/out/*.changes
else
    echo "lintian is not there and was not asked"
fi
for needed in libcurl4 libmicrohttpd12 tzdata libssl3 libc6; do
    grep -q "\b$needed\b" <<<"$(field Depends)" || fault "does not depend on $needed: $(field Depends)"
done
! dpkg-deb --field "$scratch"/out/libbackcast0_*.deb 2>/dev/null | grep -Eq 'curl|microhttpd|nats' || fault "the library asks for what only the program loads"
! grep -q -- '-dev\b' <<<"$(field Depends)" || fault "depends on what only a build needs: $(field Depends)"
scripts=$(dpkg-deb --ctrl-tarfile "$deb" | tar -t | grep -Ev '^\./(|control|md5sums)$' || true)
[ -z "$scripts" ] || fault "runs or changes something when it is installed: $scripts"
made=$(sed -n 's/^set(BC_DATE \([0-9]*\)).*/\1/p' "$source/CMakeLists.txt")
packed=$(dpkg-parsechangelog -l "$source/tools/packaging/debian/changelog" -S Timestamp)
[ "$made" = "$packed" ] || fault "debian/changelog is of another day ($packed) than CMakeLists.txt ($made)"

# --- installed ---
mkdir -p "$root"/var/lib/dpkg/{info,updates,triggers}
touch "$root/var/lib/dpkg/status"
inside --install "$scratch"/out/*.deb
[ -z "$(find "$root" -path "$root/var" -prune -o -type l -path '*.wants/*' -print)" ] || fault "a unit is enabled"
while IFS= read -r link; do
    [ -e "$root/usr/share/doc/backcast/$link" ] || [ "$link" = CHANGELOG.md ] || fault "README.md points to $link"
done < <(grep -o ']([^)#:]*' "$root/usr/share/doc/backcast/README.md" | sed 's/^](//')
for page in backcast backcast-check backcast-import-csv; do
    if command -v man >/dev/null; then
        man -M "$root/usr/share/man" -w "$page" >/dev/null || fault "man does not find $page"
    fi
    zcat "$root/usr/share/man/man1/$page.1.gz" | grep -q "$page" || fault "no manual page $page"
done
if command -v systemd-analyze >/dev/null; then
    mkdir "$scratch/units" # with the program where it is
    cp "$root"/lib/systemd/system/* "$scratch/units"
    sed -i "s,=/usr/bin/,=$root/usr/bin/," "$scratch/units/backcast-import.service"
    quietly systemd-analyze verify --man=no "$scratch"/units/*
    [ ! -s "$scratch/log" ] || fault "systemd says: $(cat "$scratch/log")"
    quietly systemd-analyze security --offline=yes --threshold=25 "$scratch/units/backcast-import.service"
else
    echo "systemd-analyze is not there and was not asked"
fi

# --- and run, without the folder it was built in and in another environment ---
cd "$scratch"
run() {
    env -i "$root/usr/bin/$@"
}
run backcast --version >answer
grep -Eq '^backcast [0-9]+\.[0-9]+\.[0-9]+$' answer
run backcast-check --version >answer
run backcast --ledger=ledger init >answer
run backcast --ledger=ledger import jsonl --keep-recorded-at "$root/usr/share/doc/backcast/examples/sample.jsonl.gz" \
    >answer
run backcast --ledger=ledger metrics --as-of 2026-03-29 >answer
grep -Eq '^sqd +14 +5 +19' answer || fault "other figures than README has: $(cat answer)"
for rules in "$root"/usr/share/backcast/rules/*.yaml; do
    run backcast rules check "$rules" >answer
done
[ -s "$root/usr/share/backcast/maps/olist-leads.yaml" ]
for file in bash-completion/completions/backcast zsh/vendor-completions/_backcast \
    fish/vendor_completions.d/backcast.fish; do
    [ -s "$root/usr/share/$file" ] || fault "no completions in $file"
done

# --- a program is built with the library where Debian puts it, and runs with it ---
if [ -e "$build/libbackcast.so" ]; then
    export PKG_CONFIG_PATH=$root/usr/lib/$(dpkg-architecture -qDEB_HOST_MULTIARCH)/pkgconfig
    for name in $(pkg-config --print-requires-private backcast); do
        package=$(dpkg-query -S "*/pkgconfig/$name.pc" | cut -d: -f1)
        dpkg-deb --field "$scratch"/out/libbackcast-dev_*.deb Depends | grep -q "\b$package\b" ||
            fault "backcast.pc has $name, and libbackcast-dev does not depend on $package"
    done
    flags=$(PKG_CONFIG_SYSROOT_DIR=$root pkg-config --cflags --libs backcast)
    cc -std=c17 -D_POSIX_C_SOURCE=200809L "$root/usr/share/doc/libbackcast-dev/examples/year.c" -o year $flags
    env -i LD_LIBRARY_PATH="${PKG_CONFIG_PATH%/*}" ./year ledger sqd 2026-01-31 2026-03-31 >answer
    run backcast --ledger=ledger series --from 2026-01-31 --to 2026-03-31 --every 1m --metric sqd --csv |
        awk -F, 'NR > 1 { if ($1 != day) printf "%s%s", (day ? "\n" : ""), day = $1
                          printf "  %s %.6f", $3, $4 } END { print "" }' >wanted
    [ "$(wc -l <wanted)" = 3 ] || fault "series has other dates: $(cat wanted)"
    head -n 3 answer | cmp -s - wanted || fault "the example of the library says otherwise: $(diff answer wanted)"
fi

# --- removed ---
mapfile -t names < <(for one in "$scratch"/out/*.deb; do dpkg-deb --field "$one" Package; done)
inside --remove "${names[@]}"
left=$(find "$root" -path "$root/var/lib/dpkg" -prune -o -not -type d -print)
[ -z "$left" ] || fault "left after it was removed: $left"
