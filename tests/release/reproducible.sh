# reproducible.sh SOURCE TARGET... - the release build has the same bytes in whatever folder it is
# made: it is made in two, of other names and depths, with no cache between them.
set -euo pipefail
source=$1
shift
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export CCACHE_DISABLE=1

for folder in "$scratch/one" "$scratch/another/with a longer name"; do
    mkdir -p "$folder"
    tar -C "$source" --exclude=./build --exclude=./.git -cf - . | tar -C "$folder" -xf -
    (
        cd "$folder"
        cmake --preset release -S .
        cmake --build build/release --parallel "$(nproc)" --target "$@"
    ) >"$scratch/log" 2>&1 || { tail -n 40 "$scratch/log"; exit 1; }
done

for target in "$@"; do
    one="$scratch/one/build/release/$target"
    if ! cmp "$one" "$scratch/another/with a longer name/build/release/$target"; then
        printf '%s differs from folder to folder\n' "$target"
        exit 1
    fi
    if grep -aq "$scratch" "$one"; then
        printf '%s names the folder it was built in\n' "$target"
        exit 1
    fi
done
