# The manual pages: cmake -DBACKCAST= -DCHECK= (programs) -DSCDOC= -DFOLDER=tools -DDATE=
# -DOUTPUT=man -P manual.cmake. A page a text, "head_sign.scd", under man1: what `backcast head sign
# --help=man` prints, through scdoc; of a topic, whose title ends in (5), under man5: what `backcast
# help event --help=man` does.
file(GLOB texts ${FOLDER}/cmd/*.scd ${FOLDER}/check/*.scd)
file(REMOVE_RECURSE ${OUTPUT})
file(MAKE_DIRECTORY ${OUTPUT}/man1 ${OUTPUT}/man5)
foreach(text IN LISTS texts)
  get_filename_component(name ${text} NAME_WE)
  file(STRINGS ${text} title LIMIT_COUNT 1)
  string(REGEX MATCH "^(.*)[(]([15])[)]$" title "${title}")
  set(title ${CMAKE_MATCH_1})
  set(section ${CMAKE_MATCH_2})
  string(REPLACE "_" ";" words "${name}")
  set(program ${BACKCAST})
  if(title STREQUAL "backcast-check")
    set(program ${CHECK})
    set(words "")
  elseif(title STREQUAL "backcast")
    set(words "")
  elseif(title MATCHES "BODY$") # of all bodies; `record` lists them
    continue()
  elseif(section EQUAL 5)
    set(words help ${name})
  endif()
  set(page ${OUTPUT}/man${section}/${title})
  execute_process(COMMAND ${program} ${words} --help=man
    OUTPUT_FILE ${page}.scd COMMAND_ERROR_IS_FATAL ANY)
  execute_process(COMMAND ${CMAKE_COMMAND} -E env SOURCE_DATE_EPOCH=${DATE} ${SCDOC}
    INPUT_FILE ${page}.scd OUTPUT_FILE ${page}.${section} COMMAND_ERROR_IS_FATAL ANY)
  file(REMOVE ${page}.scd)
endforeach()
# The command `maps` prints the topic of that name.
file(WRITE ${OUTPUT}/man1/backcast-maps.1 ".so man5/backcast-map.5\n")
