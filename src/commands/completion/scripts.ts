export const shells = ["bash", "zsh", "fish", "powershell"] as const;
type Shell = (typeof shells)[number];

/**
 * Scripts that a shell sources to complete `kominfo`. Each passes the words typed so far, never evaluated, to
 * `kominfo __complete -- …`, which prints one candidate a line, with a tab before its description, or `:files`.
 * Each may be sourced twice and needs nothing beyond the shell itself.
 */
export const completionScripts: Readonly<Record<Shell, string>> = {
  // COMP_WORDBREAKS splits words at "=" and ":". The parts are joined again, and their prefix is removed from replies.
  bash: `# kominfo: bash
_kominfo() {
  local words=() i word line typed=
  for ((i = 1; i <= COMP_CWORD; i++)); do
    word=\${COMP_WORDS[i]}
    if ((\${#words[@]})) && [[ $word == [=:] || \${COMP_WORDS[i-1]} == [=:] ]]; then
      words[\${#words[@]}-1]+=$word
    else
      words+=("$word")
    fi
  done
  typed=\${words[\${#words[@]}-1]}
  [[ $typed == *[=:]* ]] && typed=\${typed%"\${typed##*[=:]}"} || typed=
  COMPREPLY=()
  while IFS= read -r line; do
    if [[ $line == :files ]]; then
      compopt -o default -o filenames 2>/dev/null || COMPREPLY=($(compgen -f -- "\${COMP_WORDS[COMP_CWORD]}"))
      return
    fi
    line=\${line%%$'\\t'*}
    COMPREPLY+=("\${line#"$typed"}")
  done < <("$1" __complete -- "\${words[@]}" 2>/dev/null)
}
complete -F _kominfo kominfo
`,
  zsh: `#compdef kominfo
# kominfo: zsh
_kominfo() {
  local -a found
  local line
  for line in "\${(@f)$(kominfo __complete -- "\${(@)words[2,CURRENT]}" 2>/dev/null)}"; do
    if [[ $line == :files ]]; then
      _files
      return
    fi
    [[ -n $line ]] && found+=("\${\${line%%$'\\t'*}//:/\\\\:}:\${line#*$'\\t'}")
  done
  _describe -t kominfo kominfo found
}
if [[ $funcstack[1] == _kominfo ]]; then
  _kominfo "$@"
else
  (( $+functions[compdef] )) || { autoload -Uz compinit && compinit }
  compdef _kominfo kominfo
fi
`,
  fish: `# kominfo: fish
function __kominfo_complete
    set -l words (commandline -opc)
    set -l current (commandline -ct)
    for line in (kominfo __complete -- $words[2..-1] "$current" 2>/dev/null)
        if test "$line" = ":files"
            __fish_complete_path (commandline -ct)
        else
            printf '%s\\n' $line
        end
    end
end
complete -c kominfo -e
complete -c kominfo -f -a '(__kominfo_complete)'
`,
  // Windows PowerShell drops empty arguments, so --next replaces one. Without results it completes paths itself.
  powershell: `# kominfo: PowerShell
Register-ArgumentCompleter -Native -CommandName kominfo -ScriptBlock {
  param($wordToComplete, $commandAst, $cursorPosition)
  $words = @($commandAst.CommandElements | Select-Object -Skip 1 |
    Where-Object { $_.Extent.StartOffset -lt $cursorPosition } | ForEach-Object { $_.Extent.Text })
  $next = if ($wordToComplete -eq '') { @('--next') } else { @() }
  kominfo __complete @next '--' @words 2>$null | Where-Object { $_ -ne ':files' } | ForEach-Object {
    $value, $description = $_ -split "\`t", 2
    if (-not $description) { $description = $value }
    [System.Management.Automation.CompletionResult]::new($value, $value, 'ParameterValue', $description)
  }
}
`,
};
