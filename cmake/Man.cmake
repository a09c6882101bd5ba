# albs_man(): every man/*.scd becomes a page; scdoc takes the date from SOURCE_DATE_EPOCH, so pages are reproducible.
find_program(SCDOC scdoc REQUIRED)
function(albs_man)
  file(GLOB pages CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/man/*.scd)
  set(outputs)
  foreach(page ${pages})
    get_filename_component(name ${page} NAME_WLE)
    string(REGEX MATCH "[0-9]$" section ${name})
    set(output ${CMAKE_BINARY_DIR}/man/${name})
    add_custom_command(OUTPUT ${output}
      COMMAND ${CMAKE_COMMAND} -E env SOURCE_DATE_EPOCH=1763856000 sh -c "exec '${SCDOC}' < '${page}' > '${output}'"
      DEPENDS ${page} VERBATIM)
    install(FILES ${output} DESTINATION ${CMAKE_INSTALL_MANDIR}/man${section})
    list(APPEND outputs ${output})
  endforeach()
  add_custom_target(man ALL DEPENDS ${outputs})
endfunction()
