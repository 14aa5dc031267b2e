# packages.sh RUN - `demo`, `build`, `install`, `deb` and `tarball` have installed what they need and
# nothing that only tests or tools need, and debian/control names the same. The package system is played by scripts that write down what is asked of it.
set -euo pipefail
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
mkdir "$scratch/bin"
cp "$1" "$scratch/run"
cd "$scratch"

stub() { # NAME SCRIPT
    printf '#!/bin/sh\n%s\n' "$2" >"bin/$1"
    chmod +x "bin/$1"
}
stub dpkg-query 'exit 1'
stub apt-get "case \" \$* \" in *' install '*) printf '%s\n' \"\$@\" >>'$scratch/asked' ;; esac"
stub sudo '[ "$1" = -v ] || exec "$@"'
stub cmake 'exit 0'
stub ctest 'exit 0'
stub npm 'exit 1'

asked_by() { # COMMAND; what it does after the packages does not matter
    : >asked
    PATH=$scratch/bin:$PATH PREFIX=$scratch/prefix ./run "$1" >log 2>&1 </dev/null || true
    grep -E '^[a-z0-9][a-z0-9.+-]+$' asked | grep -vx install | sort -u
}

fault() {
    printf '%s\n' "$*"
    exit 1
}

built=$(asked_by build)
[ "$(wc -l <<<"$built")" -ge 10 ] || fault "./run build asks for hardly anything: $built"
for command in demo install deb tarball; do
    [ "$(asked_by $command)" = "$built" ] || fault "./run $command asks for other packages than build"
done
control=$(dirname "$1")/tools/packaging/debian/control
declared=$(sed -n '/^Build-Depends:/,/^$/s/^ \([a-z0-9.+-]*\).*/\1/p' "$control" | sort)
[ "$declared" = "$(grep -vx build-essential <<<"$built")" ] ||
    fault "debian/control is built with other packages than ./run build: $declared"
listed() { # ARRAY; what `run` has in it
    awk -v "begin=$1=(" 'index($0, begin) == 1 { within = 1; $0 = substr($0, length(begin) + 1) }
                         within { end = sub(/\)$/, ""); print; if (end) exit }' run | tr -s ' ' '\n' | grep .
}
tested=$(asked_by test)
[ "$(asked_by pictures)" = "$tested" ] || fault "./run pictures asks for other packages than ./run test"
[ "$(listed test_packages | wc -l)" -ge 10 ] || fault "hardly any test package was found in run"
[ "$(listed tool_packages | wc -l)" -ge 3 ] || fault "hardly any package of tools was found in run"
for name in $(listed test_packages); do
    ! grep -qx "$name" <<<"$built" || fault "./run build asks for $name, which only tests need"
    grep -qx "$name" <<<"$tested" || fault "./run test does not ask for $name"
done
other=$(asked_by test-clang)
for name in $(listed tool_packages); do
    ! grep -qx "$name" <<<"$tested" || fault "./run test asks for $name"
    grep -qx "$name" <<<"$other" || fault "./run test-clang does not ask for $name"
done
