# archives.sh OUT - makes OUT/lib/libNAME.a of the libraries that Debian has no archive of, from
# Debian's sources of the versions installed; their licences are OUT/licenses/SOURCE. What is there
# already stays.
set -euo pipefail
mkdir -p "$1"/{apt/parts,apt/lists,apt/cache,lib,licenses}
out=$(realpath "$1")
work=$(mktemp -d) # others' builds do not go with a blank in a folder's name, as OUT may have
trap 'rm -rf "$work"' EXIT

# apt, with lists of its own in which every source of packages is one of sources.
apt() {
    apt-get -qo "Dir::Etc::sourcelist=$out/apt/parts.list" -o "Dir::Etc::sourceparts=$out/apt/parts" \
        -o "Dir::State::lists=$out/apt/lists" -o "Dir::Cache=$out/apt/cache" "$@"
}

ask_for_sources() {
    local file
    : >"$out/apt/parts.list"
    for file in /etc/apt/sources.list /etc/apt/sources.list.d/*.list; do
        [ ! -e "$file" ] || sed -n 's/^deb /deb-src /p' "$file" >>"$out/apt/parts.list"
    done
    for file in /etc/apt/sources.list.d/*.sources; do
        [ ! -e "$file" ] || sed 's/^Types:.*/Types: deb-src/' "$file" >"$out/apt/parts/${file##*/}"
    done
    apt update || true # others than Debian may have none
}

fetch() { # SOURCE VERSION
    cd "$work"
    apt source --download-only "$1=$2"
    dpkg-source -x "$1_${2#*:}.dsc" "$1"
    cp "$1/debian/copyright" "$out/licenses/$1"
    cd "$1"
}

# Without -g, and called from the folder that they are in: no path gets into them.
optimised=(-O2 -fPIC -fstack-protector-strong -fstack-clash-protection -D_FORTIFY_SOURCE=2)
[ "$(uname -m)" != x86_64 ] || optimised+=(-fcf-protection)

make_simdjson() {
    c++ "${optimised[@]}" -std=c++17 -DNDEBUG -DSIMDJSON_THREADS_ENABLED=1 -Iinclude -Isrc \
        -c src/simdjson.cpp -o simdjson.o
    ar rcD libsimdjson.a simdjson.o
    mv libsimdjson.a "$out/lib"
}

make_smartcols() {
    CFLAGS=${optimised[*]} ./configure --disable-all-programs --enable-libsmartcols --enable-static \
        --disable-shared --disable-nls --without-python --disable-asciidoc --disable-poman
    # It is not remade because Debian's patches are newer.
    make "-j$(nproc)" ACLOCAL=: AUTOCONF=: AUTOHEADER=: AUTOMAKE=: libsmartcols.la
    mv .libs/libsmartcols.a "$out/lib"
}

asked=
for name in simdjson smartcols; do
    if [ ! -e "$out/lib/lib$name.a" ] && [ ! -e "$(cc "-print-file-name=lib$name.a")" ]; then
        [ "$asked" ] || ask_for_sources
        asked=yes
        read -r source version < <(dpkg-query -W -f '${source:Package} ${source:Version}\n' "lib$name-dev")
        (fetch "$source" "$version" && "make_$name")
    fi
done
