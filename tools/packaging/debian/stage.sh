# stage.sh SOURCE BUILD - lays out the packages in debian/, of what is built in BUILD, and packs them
# into the folder above. What dpkg-buildpackage sets is there: SOURCE_DATE_EPOCH above all.
set -euo pipefail
source=$1 build=$2
triplet=$(dpkg-architecture -qDEB_HOST_MULTIARCH)
version=$(dpkg-parsechangelog -S Version)
version=${version%-*}
umask 022

# What belongs elsewhere than cmake puts it, or is to have another name.
program() {
    local root=debian/backcast
    local share=$root/usr/share
    local doc=$share/doc/backcast
    rm "$doc/LICENSE" # it is debian/copyright
    mv "$doc/CHANGELOG.md" "$doc/changelog"
    gzip -9n "$doc/changelog" "$doc/examples/sample.jsonl"
    find "$share/man" -type f -exec gzip -9n {} +
    install -m 644 -t "$doc" debian/README.Debian
    install -m 644 -t "$doc/examples" "$source/tools/packaging/systemd/import.env"
    install -Dm 644 -t "$root/lib/systemd/system" "$source"/tools/packaging/systemd/backcast-import.*
    if [ -d "$share/zsh/site-functions" ]; then
        mv "$share/zsh/site-functions" "$share/zsh/vendor-completions"
    fi
    strip --remove-section=.comment --remove-section=.note "$root"/usr/bin/*
    dpkg-shlibdeps -Tdebian/backcast.substvars "$root"/usr/bin/*
    printf 'backcast:Built-Using=%s\n' "$(linked_in)" >>debian/backcast.substvars
}

# Sources that are linked in, as dpkg names them.
linked_in() {
    if grep -q '^BC_ROCKSDB_INSIDE:INTERNAL=true' "$build/CMakeCache.txt"; then
        dpkg-query -W -f '${source:Package} (= ${source:Version})' librocksdb-dev
    fi
}

# Where the build has a library, it is two packages more: what programs run with, and are built with.
library() {
    local from=debian/backcast/usr run=debian/libbackcast0 dev=debian/libbackcast-dev
    mkdir -p "$run/usr/lib/$triplet" "$run/DEBIAN" "$dev/usr/lib/$triplet/pkgconfig"
    mv "$from"/lib/libbackcast.so.* "$run/usr/lib/$triplet"
    mv "$from"/lib/libbackcast.{so,a} "$dev/usr/lib/$triplet"
    mv "$from/include" "$dev/usr"
    sed "s,^prefix=.*,prefix=/usr,; s,^libdir=.*,libdir=\${prefix}/lib/$triplet," \
        "$from/lib/pkgconfig/backcast.pc" >"$dev/usr/lib/$triplet/pkgconfig/backcast.pc"
    rm -r "$from/lib"
    install -Dm 644 -t "$dev/usr/share/doc/libbackcast-dev/examples" "$source"/tools/lib/examples/*
    strip --strip-unneeded --remove-section=.comment --remove-section=.note \
        "$run/usr/lib/$triplet"/libbackcast.so.*.*
    strip --strip-debug --remove-section=.comment --enable-deterministic-archives \
        "$dev/usr/lib/$triplet/libbackcast.a"
    dpkg-shlibdeps -Tdebian/libbackcast0.substvars "$run/usr/lib/$triplet"/libbackcast.so.*.*
    dpkg-gensymbols -plibbackcast0 "-v$version" "-P$run" "-O$run/DEBIAN/symbols"
    echo "libbackcast 0 libbackcast0 (>= $version)" >"$run/DEBIAN/shlibs"
    echo 'activate-noawait ldconfig' >"$run/DEBIAN/triggers"
}

pack() { # PACKAGE
    local root=debian/$1
    local doc=$root/usr/share/doc/$1
    mkdir -p "$root/DEBIAN"
    install -Dm 644 debian/changelog "$doc/changelog.Debian"
    gzip -9n "$doc/changelog.Debian"
    install -m 644 -t "$doc" debian/copyright
    install -Dm 644 debian/lintian-overrides "$root/usr/share/lintian/overrides/$1"
    (cd "$root" && find . -path ./DEBIAN -prune -o -type f -printf '%P\0' | sort -z | xargs -0 md5sum) \
        >debian/md5sums
    mv debian/md5sums "$root/DEBIAN/md5sums"
    dpkg-gencontrol "-p$1" "-P$root" "-Tdebian/$1.substvars"
    chmod -R u=rwX,go=rX "$root"
    find "$root" -exec touch -hd "@$SOURCE_DATE_EPOCH" {} + # dpkg-deb only makes newer ones older
    # One thread: how many there are may show in what xz writes.
    dpkg-deb --root-owner-group --threads-max=1 -Zxz --build "$root" ..
}

cmake --install "$build" --prefix "$PWD/debian/backcast/usr"
if [ -e debian/backcast/usr/lib/libbackcast.so ]; then
    library
    pack libbackcast0
    pack libbackcast-dev
fi
program
pack backcast
