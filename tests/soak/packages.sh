# The Debian package and the tarball, each made twice from nothing, in two folders: the same bytes.
set -euo pipefail
cd "$(dirname "$0")/../.."
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export CCACHE_DISABLE=1

for folder in one "another/with a longer name"; do
    mkdir -p "$scratch/$folder"
    tar --exclude=./build --exclude=./.git -cf - . | tar -C "$scratch/$folder" -xmf - # other times, too
    for command in deb tarball; do
        (cd "$scratch/$folder" && ./run $command) >"$scratch/log" 2>&1 || { tail -n 40 "$scratch/log"; exit 1; }
    done
done
cd "$scratch/one/build"
for file in deb/*.deb tarball/*.tar.gz; do
    cmp "$file" "$scratch/another/with a longer name/build/$file"
    sha256sum "$file"
done
