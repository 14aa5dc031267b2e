# tarball.sh BUILD OUT - makes a tarball in OUT of the build with BC_STATIC in BUILD; OUT/NAME is what
# it has in it. Refuses where a program needs more of a system than its C library.
set -euo pipefail
build=$(realpath "$1")
here=$(realpath "$(dirname "${BASH_SOURCE[0]}")")
umask 022
export LC_ALL=C

version=$(sed -n 's/^CMAKE_PROJECT_VERSION:STATIC=//p' "$build/CMakeCache.txt")
date=$(sed -n 's/^set(BC_DATE \([0-9]*\)).*/\1/p' "$here/../../CMakeLists.txt")
name=backcast-$version-linux-$(uname -m)
mkdir -p "$2"
out=$(realpath "$2")
root=$out/$name
doc=$root/share/doc/backcast

own_libraries() { # PROGRAM; what is to be there besides the C library
    readelf --dynamic "$1" | sed -n 's/.*(NEEDED).*\[\(.*\)\]$/\1/p' |
        grep -Ev '^(libc\.so\.6|libm\.so\.6|ld-linux.*)$' || true
}

newest_glibc() {
    objdump -T "$root"/bin/* | grep -o 'GLIBC_[0-9.]*' | sort -uV | tail -n 1 | sed 's/GLIBC_//'
}

# The terms under which everything that is linked in may be handed on.
add_licenses() {
    local archive package made
    made=$(sed -n 's/^CMAKE_PREFIX_PATH:[A-Z]*=//p' "$build/CMakeCache.txt")/licenses # by archives.sh
    mkdir "$doc/licenses"
    [ ! -d "$made" ] || cp "$made"/* "$doc/licenses"
    for archive in $(ninja -C "$build" -t commands backcast backcast-check | tr ' ' '\n' |
        grep '^/usr/.*\.a$' | sort -u) "$(cc -print-file-name=libstdc++.a)" "$(cc -print-file-name=libgcc.a)"; do
        package=$(dpkg-query -S "$(realpath "$archive")" | head -n 1 | cut -d: -f1)
        cp "/usr/share/doc/$package/copyright" "$doc/licenses/$package"
    done
}

rm -rf "$root"
cmake --install "$build" --prefix "$root"
strip --remove-section=.comment --remove-section=.note "$root"/bin/*
for program in "$root"/bin/*; do
    more=$(own_libraries "$program")
    [ -z "$more" ] || { printf 'tarball.sh: %s needs %s\n' "$program" "$more" >&2; exit 1; }
done
add_licenses
sed "s/@VERSION@/$version/; s/@MACHINE@/$(uname -m)/; s/@GLIBC@/$(newest_glibc)/; \
s/@NATS@/$(pkg-config --modversion libnats | cut -d. -f1,2)/" \
    "$here/INSTALL.in" >"$root/INSTALL"
chmod -R u=rwX,go=rX "$root"
tar -C "$out" --sort=name --owner=0 --group=0 --numeric-owner --mtime="@$date" --format=ustar \
    -cf - "$name" | gzip -9n >"$out/$name.tar.gz"
