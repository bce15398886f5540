namespace Portok.Cli.Completing;

/// <summary>The completion scripts: each only asks portok itself.</summary>
internal static class ShellScript
{
    public static IReadOnlyList<string> Shells { get; } = ["bash", "zsh", "fish"];

    /// <param name="shell">One of <see cref="Shells"/>.</param>
    public static string Of(string shell) => shell switch
    {
        "bash" => """
            # bash completion for portok. Now: source <(portok completion bash)
            # For good: portok completion bash >/usr/share/bash-completion/completions/portok
            _portok() {
                local IFS=$'\n'
                COMPREPLY=($(portok __complete bash -- "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null))
                if [[ ${COMP_WORDS[COMP_CWORD-1]} == --exec-path ]]; then compopt -o default; fi
            }
            complete -F _portok portok
            """,
        "zsh" => """
            #compdef portok
            # zsh completion for portok. Now: source <(portok completion zsh)
            # For good: portok completion zsh >/usr/share/zsh/vendor-completions/_portok
            _portok() {
                if [[ "${words[CURRENT-1]}" == --exec-path ]]; then
                    _files
                    return
                fi
                local -a candidates
                candidates=("${(@f)$(portok __complete zsh -- "${(@)words[2,CURRENT]}" 2>/dev/null)}")
                [[ -n "$candidates" ]] && _describe portok candidates
            }
            if [[ "${funcstack[1]}" == _portok ]]; then
                _portok "$@"
            else
                compdef _portok portok
            fi
            """,
        "fish" => """
            # fish completion for portok. Now: portok completion fish | source
            # For good: portok completion fish >/usr/share/fish/vendor_completions.d/portok.fish
            function __portok_candidates
                set -l before (commandline --current-process --tokenize --cut-at-cursor)
                set -l typed (commandline --current-token --cut-at-cursor)
                portok __complete fish -- $before[2..] "$typed" 2>/dev/null
            end
            complete --command portok --no-files --arguments '(__portok_candidates)'
            complete --command portok --long-option exec-path --require-parameter --force-files
            """,
        _ => throw new ArgumentOutOfRangeException(nameof(shell)),
    };
}
