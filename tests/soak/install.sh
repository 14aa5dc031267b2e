# A fresh copy in a folder with an odd name, from nothing to an installed program.
set -euo pipefail
cd "$(dirname "$0")/../.."
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
mkdir "$scratch/odd name"
tar --exclude=./build --exclude=./.git -cf - . | tar -C "$scratch/odd name" -xf -
cd "$scratch/odd name"
PREFIX="$scratch/prefix" ./run install
"$scratch/prefix/bin/backcast" --version
"$scratch/prefix/bin/backcast-check" --version
./run demo >/dev/null
