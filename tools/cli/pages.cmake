# The pages of a program as C: cmake -DFOLDER= -DPROGRAM=backcast -DNAME=cmd_pages -DOUTPUT= -P
# pages.cmake. The command of a page is its title, "backcast-head-sign(1)", in words; where the file's name has
# a hyphen, and of a topic, "backcast-event(5)", it is that name.
file(GLOB files ${FOLDER}/*.scd)
set(texts "")
set(rows "")
set(number 0)
foreach(file IN LISTS files)
  file(READ ${file} text)
  if(NOT text MATCHES "^(${PROGRAM}[^(\n]*)[(]([15])[)]\n\n# NAME\n\n${PROGRAM}[^\n]* - [^\n]+\n\n# DESCRIPTION\n\n")
    message(FATAL_ERROR "${file}: expected a title, NAME and DESCRIPTION")
  endif()
  set(section ${CMAKE_MATCH_2})
  string(REGEX REPLACE "^${PROGRAM}" "" words "${CMAKE_MATCH_1}")
  get_filename_component(stem ${file} NAME_WE)
  if(stem MATCHES "-" OR section EQUAL 5)
    string(REPLACE "_" " " words " ${stem}")
  else()
    string(REPLACE "-" " " words "${words}")
  endif()
  file(READ ${file} bytes HEX)
  string(REGEX REPLACE "(..)" "0x\\1," bytes "${bytes}")
  string(REGEX REPLACE "((0x..,){16})" "\\1\n" bytes "${bytes}")
  string(APPEND texts "static const char text_${number}[] = {\n${bytes}0x00\n};\n")
  string(APPEND rows "    { \"${PROGRAM}${words}\", text_${number} },\n")
  math(EXPR number "${number} + 1")
endforeach()
file(WRITE ${OUTPUT} "#include \"tools/cli/page.h\"

${texts}
extern const struct page ${NAME}[];
const struct page ${NAME}[] = {
${rows}    { 0 },
};
")
