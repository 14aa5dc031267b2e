# install.sh BUILD CMAKE - what `./run install` puts under a prefix is whole, and runs from there.
set -euo pipefail
build=$1 cmake=$2
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
prefix="$scratch/a prefix"

"$cmake" --install "$build" --prefix "$prefix" >"$scratch/log" || { cat "$scratch/log"; exit 1; }

for file in bin/backcast bin/backcast-check share/backcast/maps/olist-leads.yaml share/backcast/maps/README \
    share/backcast/rules/2026-03-16.yaml share/doc/backcast/LICENSE share/doc/backcast/README.md \
    share/bash-completion/completions/backcast share/zsh/site-functions/_backcast \
    share/fish/vendor_completions.d/backcast.fish share/doc/backcast/CHANGELOG.md share/doc/backcast/SECURITY.md; do
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
