# stage.sh SOURCE BUILD - lays out the packages in debian/, of what is built in BUILD, and packs them
# into the folder above. What dpkg-buildpackage sets is there: SOURCE_DATE_EPOCH above all.
set -euo pipefail
source=$1 build=$2
umask 022

# What belongs elsewhere than cmake puts it, or is to have another name.
as_debian_has_it() { # ROOT
    local share=$1/usr/share
    local doc=$share/doc/backcast
    rm "$doc/LICENSE" # it is debian/copyright
    mv "$doc/CHANGELOG.md" "$doc/changelog"
    install -m 644 debian/changelog "$doc/changelog.Debian"
    install -m 644 debian/copyright debian/README.Debian "$doc"
    install -Dm 644 -t "$doc/examples" "$source/tools/packaging/systemd/import.env"
    install -Dm 644 -t "$1/lib/systemd/system" "$source"/tools/packaging/systemd/backcast-import.*
    install -Dm 644 debian/backcast.lintian-overrides "$share/lintian/overrides/backcast"
    if [ -d "$share/zsh/site-functions" ]; then
        mv "$share/zsh/site-functions" "$share/zsh/vendor-completions"
    fi
    gzip -9n "$doc/changelog" "$doc/changelog.Debian" "$doc/examples/sample.jsonl"
    find "$share/man" -type f -exec gzip -9n {} +
}

# Sources that are linked in, as dpkg names them.
linked_in() {
    if grep -q '^BC_ROCKSDB_INSIDE:INTERNAL=true' "$build/CMakeCache.txt"; then
        dpkg-query -W -f '${source:Package} (= ${source:Version})' librocksdb-dev
    fi
}

pack() { # PACKAGE
    local root=debian/$1
    mkdir "$root/DEBIAN"
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
as_debian_has_it debian/backcast
strip --remove-section=.comment --remove-section=.note debian/backcast/usr/bin/*
dpkg-shlibdeps -Tdebian/backcast.substvars debian/backcast/usr/bin/*
printf 'backcast:Built-Using=%s\n' "$(linked_in)" >>debian/backcast.substvars
pack backcast
