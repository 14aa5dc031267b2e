# deb.sh BUILD OUT - makes Debian's packages in the folder OUT, anew, of the release build in BUILD.
set -euo pipefail
build=$(realpath "$1") out=$2
here=$(realpath "$(dirname "${BASH_SOURCE[0]}")")
source=$(realpath "$here/../..")

version=$(sed -n 's/^CMAKE_PROJECT_VERSION:STATIC=//p' "$build/CMakeCache.txt")
packaged=$(dpkg-parsechangelog -l "$here/debian/changelog" -S Version)
if [ "${packaged%-*}" != "$version" ]; then
    printf 'deb.sh: debian/changelog is of %s, the program %s\n' "$packaged" "$version" >&2
    exit 1
fi

rm -rf "$out"
mkdir -p "$out/backcast-$version"
cp -R "$here/debian" "$out/backcast-$version/debian"
cd "$out/backcast-$version"
# What it takes to build is seen to by ./run.
SOURCE=$source BUILD=$build dpkg-buildpackage --build=binary --no-sign --no-check-builddeps
