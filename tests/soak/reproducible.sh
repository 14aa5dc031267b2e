# Both programs whole, built in two folders: the same bytes.
set -euo pipefail
cd "$(dirname "$0")/../.."
exec bash tests/release/reproducible.sh "$PWD" backcast backcast-check
