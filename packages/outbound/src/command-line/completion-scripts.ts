/**
 * What a shell has to source to complete the commands of a program; undefined if the script of the library does. For bash,
 * that would need the package bash-completion, and run what is in the names of files; for zsh, it would not quote them. A
 * list may come from anybody, and be called `$(…).csv`.
 */
export function completionScript(shell: string | undefined, program: string): string | undefined {
  const name = `_${program.replaceAll('-', '_')}`;
  if (shell === 'bash') return forBash(program, name);
  return shell === 'zsh' ? forZsh(program, name) : undefined;
}

function forBash(program: string, name: string): string {
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
    # The last line, such as :4, is for shells that ask for it.
    [[ $value == :* || $value != "$current"* ]] && continue
    printf -v value %q "$value"
    [[ $value == */ ]] || value+=' '
    COMPREPLY+=("$value")
  done < <(${program} complete -- "\${words[@]:1}" 2>/dev/null)
}
complete -o nospace -F ${name} ${program}`;
}

function forZsh(program: string, name: string): string {
  return `#compdef ${program}
${name}() {
  local line value
  local -a found folders
  for line in "\${(@f)$(${program} complete -- "\${(@Q)words[2,CURRENT]}" 2>/dev/null)}"; do
    value=\${line%%$'\\t'*}
    [[ -z $value || $value == :* ]] && continue
    if [[ $value == */ ]]; then
      folders+=("\${value//:/\\\\:}")
    else
      found+=("\${value//:/\\\\:}:\${line#*$'\\t'}")
    fi
  done
  [[ $words[CURRENT] == --*=* ]] && compset -P '*='
  _describe 'completion' found -- folders -S ''
}
compdef ${name} ${program}`;
}
