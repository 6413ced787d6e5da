/**
 * What bash has to source to complete the commands of a program. The script of the library would need the package bash-completion, and
 * run what is in the names of files: a list may come from anybody, and be called `$(…).csv`.
 */
export function bashCompletion(program: string): string {
  const name = `__${program.replaceAll('-', '_')}_complete`;
  return `# bash completion for ${program}
${name}() {
  local line=\${COMP_LINE:0:COMP_POINT} words current value
  # As it is typed: bash cuts words at = and :, too.
  read -a words <<< "$line"
  [[ $line == *[[:space:]] ]] && words+=("")
  current=\${words[\${#words[@]}-1]}
  [[ $current == --*=* ]] && current=\${current#*=}
  COMPREPLY=()
  while IFS=$'\\t' read -r value _; do
    # The last line, such as :4, is for other shells.
    [[ $value == :* || $value != "$current"* ]] && continue
    printf -v value %q "$value"
    [[ $value == */ ]] || value+=' '
    COMPREPLY+=("$value")
  done < <(${program} complete -- "\${words[@]:1}" 2>/dev/null)
}
complete -o nospace -F ${name} ${program}`;
}
