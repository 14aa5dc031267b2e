# Writes files, one after the other, into a C source as NAME, with the address that has their hash as
# NAME_address: cmake -DINPUTS= -DOUTPUT= -DNAME= -DFILE=page.css -P asset.cmake
set(all)
foreach(input ${INPUTS})
  file(READ ${input} bytes HEX)
  string(APPEND all "${bytes}")
endforeach()
string(SHA256 hash "${all}")
string(SUBSTRING ${hash} 0 16 hash)
string(REPLACE "." "-${hash}." address ${FILE})
string(REGEX REPLACE "(..)" "0x\\1," all "${all}")
string(REGEX REPLACE "((0x..,){16})" "\\1\n" all "${all}")
file(WRITE ${OUTPUT} "#include <stddef.h>

extern const char ${NAME}[], ${NAME}_address[];
extern const size_t ${NAME}_len;

const char ${NAME}[] = {
${all}
};
const size_t ${NAME}_len = sizeof(${NAME});
const char ${NAME}_address[] = \"/asset/${address}\";
")
