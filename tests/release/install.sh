# install.sh BUILD CMAKE SOURCE - what `./run install` puts under a prefix is whole, and runs from there.
set -euo pipefail
build=$1 cmake=$2 source=$3
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
prefix="$scratch/a prefix"

"$cmake" --install "$build" --prefix "$prefix" >"$scratch/log" || { cat "$scratch/log"; exit 1; }

for file in bin/backcast bin/backcast-check share/backcast/maps/olist-leads.yaml share/backcast/maps/README \
    share/backcast/rules/2026-03-16.yaml share/doc/backcast/LICENSE share/doc/backcast/README.md \
    share/bash-completion/completions/backcast share/zsh/site-functions/_backcast \
    share/fish/vendor_completions.d/backcast.fish share/doc/backcast/CHANGELOG.md share/doc/backcast/SECURITY.md \
    include/backcast.h; do
    [ -s "$prefix/$file" ] || { printf 'not installed: %s\n' "$file"; exit 1; }
done
if command -v scdoc >/dev/null; then
    for page in backcast backcast-check backcast-head-sign backcast-import-csv; do
        [ -s "$prefix/share/man/man1/$page.1" ] || { printf 'no manual page: %s\n' "$page"; exit 1; }
    done
    for page in event rules map ledger; do
        [ -s "$prefix/share/man/man5/backcast-$page.5" ] || { printf 'no manual page: %s(5)\n' "$page"; exit 1; }
    done
    grep -q -- '--public-key' "$prefix/share/man/man1/backcast-check.1" ||
        grep -q 'public' "$prefix/share/man/man1/backcast-check.1"
fi

# Without the folder it was built in, and in another environment.
cd "$scratch"
run() {
    env -i "$prefix/bin/$@"
}
run backcast --version | grep -Eq '^backcast [0-9]+\.[0-9]+\.[0-9]+$'
run backcast-check --version | grep -Eq '^backcast-check [0-9]+\.[0-9]+\.[0-9]+$'
run backcast --ledger=ledger init
printf '%s\n' '{"id":"e1","occurredAt":"2025-01-06T09:00:00Z","deal":"d1","dealCreated":{"stage":"outreach"}}' \
    >events.jsonl
run backcast --ledger=ledger import jsonl events.jsonl
for rules in "$prefix"/share/backcast/rules/*.yaml; do
    run backcast rules check "$rules"
done
run backcast --ledger=ledger evidence d1 -o d1.evidence
run backcast --ledger=ledger head export -o d1.head
run backcast-check d1.evidence --head d1.head

# The library, found from where it was put: the example is built with it, in both of its forms.
pc=$(find "$prefix" -name backcast.pc)
export PKG_CONFIG_PATH=${pc%/*}
lib=$(pkg-config --variable=libdir backcast)
lib=${lib//\\/}
cp "$source/tools/lib/examples/year.c" .
compile() {
    eval "cc -std=c17 -D_POSIX_C_SOURCE=200809L year.c -o $1 $2"
}
compile shared "$(pkg-config --cflags --libs backcast)"
static=$(pkg-config --static --cflags --libs backcast)
compile static "${static/-lbackcast/-l:libbackcast.a}"
for form in shared static; do
    env -i LD_LIBRARY_PATH="$lib" "./$form" ledger sqd 2025-01-31 2025-03-31 >"$form.out"
    [ "$(wc -l <"$form.out")" = 4 ] && grep -q '^1  2025-01-06  d1  dealCreated' "$form.out" ||
        { printf 'the example, %s:\n' "$form"; cat "$form.out"; exit 1; }
done
ldd static | grep -q backcast && { printf 'the static library is not static\n'; exit 1; }
readelf -d "$lib/libbackcast.so" | grep -q 'SONAME.*\[libbackcast.so.0\]'
