# How every target is compiled: C++20, warnings, hidden symbols, sanitizers; ccache where there is one.
if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE RelWithDebInfo)
endif()
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_CXX_VISIBILITY_PRESET hidden)
set(CMAKE_VISIBILITY_INLINES_HIDDEN ON)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

# Paths relative to the checkout, so that a fresh clone hits the cache of another. What ccache is allowed besides is
# what it wants for precompiled headers.
find_program(CCACHE ccache)
if(CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env
      CCACHE_BASEDIR=${CMAKE_SOURCE_DIR} CCACHE_NOHASHDIR=1 CCACHE_SLOPPINESS=pch_defines,time_macros ${CCACHE})
endif()

add_library(albs_settings INTERFACE)
target_compile_features(albs_settings INTERFACE cxx_std_20)
target_include_directories(albs_settings INTERFACE ${CMAKE_SOURCE_DIR}/lib)
target_compile_definitions(albs_settings INTERFACE _GNU_SOURCE
  ALBS_VERSION="${PROJECT_VERSION}")
target_compile_options(albs_settings INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wconversion
  # False alarms of g++ 12 in inlined std::string code.
  $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict -Wno-maybe-uninitialized>
  $<$<BOOL:${ALBS_WERROR}>:-Werror>)
if(ALBS_FUZZ)
  target_compile_options(albs_settings INTERFACE -fsanitize=fuzzer-no-link)
endif()
if(ALBS_SANITIZE)
  # Not vptr: it wants the type information of a driver's class in the tool, which has nothing of the driver. A finding
  # ends the program: one that is printed only is seen by no test that does not look at stderr.
  target_compile_options(albs_settings INTERFACE -fsanitize=${ALBS_SANITIZE} -fno-sanitize=vptr -fno-omit-frame-pointer
    -fno-sanitize-recover=all)
  set(executable $<STREQUAL:$<TARGET_PROPERTY:TYPE>,EXECUTABLE>)
  target_sources(albs_settings INTERFACE $<${executable}:${CMAKE_CURRENT_LIST_DIR}/keep_loaded.cpp>)
  target_link_options(albs_settings INTERFACE -fsanitize=${ALBS_SANITIZE}
    $<${executable}:-Wl,--export-dynamic-symbol=dlclose>)
endif()

# Reading the standard headers is a quarter of the time of compiling: what is installed reads them once for all files
# with the same flags. Debug builds do not, so that a file that forgets to include one of them is seen.
set(albs_precompile OFF)
if(CMAKE_BUILD_TYPE STREQUAL "RelWithDebInfo" AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  set(albs_precompile ON)
endif()
function(albs_precompile_headers target)
  if(albs_precompile)
    target_precompile_headers(${target} PRIVATE <algorithm> <charconv> <cstdint> <functional> <map> <memory> <mutex>
      <optional> <set> <string> <string_view> <unordered_map> <utility> <vector> <tl/expected.hpp>)
  endif()
endfunction()

# Code that waits for disks, children and the network is as fast with -O1, and compiled in three quarters of the time.
function(albs_optimize_less target)
  target_compile_options(${target} PRIVATE $<$<CONFIG:RelWithDebInfo>:-O1>)
  if(albs_precompile)
    target_precompile_headers(${target} REUSE_FROM albs_less)
  endif()
endfunction()
if(albs_precompile)
  file(WRITE ${CMAKE_BINARY_DIR}/less.cpp "")
  add_library(albs_less OBJECT ${CMAKE_BINARY_DIR}/less.cpp)
  target_link_libraries(albs_less PRIVATE albs_settings)
  target_compile_options(albs_less PRIVATE -O1)
  albs_precompile_headers(albs_less)
endif()

find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)

# albs_pkg(NAME MODULE) makes the imported target PkgConfig::NAME.
macro(albs_pkg name module)
  pkg_check_modules(${name} REQUIRED IMPORTED_TARGET GLOBAL ${module})
endmacro()
albs_pkg(crypto libcrypto)
