# Writes a file's bytes, and perhaps those of another after them, into a C source:
# cmake -DINPUT= [-DAND=] -DOUTPUT= -DNAME= -P embed.cmake
file(READ ${INPUT} bytes HEX)
if(DEFINED AND)
  file(READ ${AND} more HEX)
  string(APPEND bytes ${more})
endif()
string(REGEX REPLACE "(..)" "0x\\1," bytes "${bytes}")
string(REGEX REPLACE "((0x..,){16})" "\\1\n" bytes "${bytes}")
file(WRITE ${OUTPUT} "#include <stddef.h>

extern const char ${NAME}[];
extern const size_t ${NAME}_len;

const char ${NAME}[] = {
${bytes}
};
const size_t ${NAME}_len = sizeof(${NAME});
")
