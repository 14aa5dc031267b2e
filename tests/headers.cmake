# Every header of ours compiles alone, twice over, under the flags of everything else: it names all
# that it needs, and its guard guards.
file(GLOB_RECURSE headers RELATIVE ${PROJECT_SOURCE_DIR} CONFIGURE_DEPENDS
  ${PROJECT_SOURCE_DIR}/ledger/*.h ${PROJECT_SOURCE_DIR}/projections/*.h
  ${PROJECT_SOURCE_DIR}/tools/*.h ${PROJECT_SOURCE_DIR}/tests/*.h)
set(alone)
foreach(header ${headers})
  string(REGEX REPLACE "[.]h$" ".c" source ${PROJECT_BINARY_DIR}/headers/${header})
  file(CONFIGURE OUTPUT ${source} @ONLY CONTENT
    "#include \"@header@\"\n#include \"@header@\"\n\nextern int bc_not_an_empty_file;\n")
  list(APPEND alone ${source})
endforeach()

# Not part of the build, so that a fault here is a failed test and not a build that broke.
add_library(bc_headers OBJECT EXCLUDE_FROM_ALL ${alone})
target_link_libraries(bc_headers PRIVATE bc_flags bc_proto PkgConfig::CMOCKA)
add_test(NAME headers
  COMMAND ${CMAKE_COMMAND} --build ${PROJECT_BINARY_DIR} --target bc_headers)
