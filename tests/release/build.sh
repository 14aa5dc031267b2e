# build.sh SOURCE - makes the release build, as `./run build` does, for the tests that look at it.
set -euo pipefail
cd "$1"
cmake --preset release -S .
cmake --build build/release --parallel "$(nproc)"
