# hardened.sh BUILD - both programs and the library of a release build have what makes a fault in memory harder to
# use: read off the programs, and off our own archives, since what is linked in may have some of it
# and lack the rest.
set -euo pipefail
build=$1
faults=0

fault() {
    printf '%s\n' "$*"
    faults=$((faults + 1))
}

holds() { # WHAT PATTERN FILE, of what readelf or nm said
    grep -Eq -- "$2" <<<"$1" || fault "$4: $3"
}

export LC_ALL=C
for name in backcast backcast-check libbackcast.so; do
    program=$build/$name
    said=$(readelf --wide --file-header --program-headers --dynamic "$program")
    holds "$said" 'Type: +DYN' "not position-independent" "$name"
    [ "$name" = libbackcast.so ] || holds "$said" 'FLAGS_1\).* PIE' "not position-independent" "$name"
    holds "$said" 'GNU_RELRO' "no part is made read-only (relro)" "$name"
    holds "$said" 'BIND_NOW|FLAGS_1\).* NOW' "symbols are bound as they are used (now)" "$name"
    holds "$said" 'GNU_STACK .* RW +0x' "the stack is executable" "$name"
    said=$(nm --dynamic "$program")
    holds "$said" '__stack_chk_fail' "no stack protector" "$name"
    holds "$said" '__(memcpy|fprintf|snprintf|vsnprintf)_chk' "no FORTIFY_SOURCE" "$name"
done

archives=0
for archive in "$build"/{ledger,projections,tools}/*.a; do
    archives=$((archives + 1))
    said=$(nm "$archive" 2>/dev/null)
    holds "$said" 'U __stack_chk_fail' "no stack protector" "$archive"
    holds "$said" 'U __[a-z]+_chk' "no FORTIFY_SOURCE" "$archive"
done
[ "$archives" -gt 20 ] || fault "only $archives archives found under $build"

# The note is left out of a program as soon as one object lacks it, and those of other people do.
if [ "$(uname -m)" = x86_64 ]; then
    seen=0
    while IFS= read -r object; do
        seen=$((seen + 1))
        holds "$(readelf --notes "$object")" 'IBT, SHSTK' "no control-flow protection" "$object"
    done < <(find "$build"/{proto,ledger,projections,tools} -name '*.o')
    [ "$seen" -gt 100 ] || fault "only $seen objects found under $build"
fi

[ "$faults" = 0 ]
