# shellcheck shell=sh
# Finds the JDK that builds and runs the server. Read by bin/roster.

required_jdk=25

# jdk_major HOME: the feature version of a JDK (25 for 25.0.1), from its release file or else by asking it. Fails if HOME
# holds no JDK: without a compiler it cannot build.
jdk_major() {
  [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] || return 1
  jdk_version=''
  if [ -f "$1/release" ]; then
    jdk_version=$(sed -n 's/^JAVA_VERSION="\([0-9][0-9]*\).*/\1/p' "$1/release")
  fi
  if [ -z "$jdk_version" ]; then
    jdk_version=$("$1/bin/java" -version 2>&1 | sed -n 's/.*version "\([0-9][0-9]*\).*/\1/p' | head -n 1)
  fi
  [ -n "$jdk_version" ] && printf '%s\n' "$jdk_version"
}

jdk_fits() {
  [ -n "$1" ] || return 1
  jdk_found_major=$(jdk_major "$1") || return 1
  [ "$jdk_found_major" -ge "$required_jdk" ]
}

# The home of the java that the PATH names; it may be a link or a shim, so it is asked.
jdk_on_path() {
  command -v java >/dev/null 2>&1 || return 0
  java -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java\.home = //p' | head -n 1
}

jdk_of_macos() {
  [ -x /usr/libexec/java_home ] || return 0
  /usr/libexec/java_home -v "$required_jdk+" 2>/dev/null || true
}

# find_jdk: sets 'jdk' to the home of a JDK of the required version or newer; ends the script if there is none.
find_jdk() {
  for jdk in "${JAVA_HOME-}" "${JAVA_25_HOME-}" "$(jdk_on_path)" "$(jdk_of_macos)"; do
    ! jdk_fits "$jdk" || return 0
  done
  for jdk_folder in /usr/lib/jvm /usr/java /usr/local /opt /opt/java /Library/Java/JavaVirtualMachines \
    "${HOME-}/.sdkman/candidates/java" "${HOME-}/.jdks" "${HOME-}/.asdf/installs/java" \
    "${HOME-}/.local/share/mise/installs/java"; do
    for jdk in "$jdk_folder"/*; do
      ! jdk_fits "$jdk" || return 0
      jdk=$jdk/Contents/Home
      ! jdk_fits "$jdk" || return 0
    done
  done
  fail "no JDK $required_jdk or newer found (JAVA_HOME, JAVA_25_HOME, PATH, the usual folders): install one or set JAVA_25_HOME"
}
