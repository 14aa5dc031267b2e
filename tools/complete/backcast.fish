# fish completion for backcast: it asks `backcast complete`, which knows the commands, the options and
# what each takes. Nothing that it says is evaluated; fish quotes what it puts into the line.

function __backcast_complete
    set -l words (commandline -opc)
    set -l program backcast
    string match -q '*/backcast' -- $words[1]; and set program $words[1]
    set -e words[1]
    set words (string replace -r '^~/' "$HOME/" -- $words) # --ledger ~/sales
    set -l last (commandline -ct)
    set -l meant (string unescape -- $last)
    test (count $meant) = 1; or set meant "$last"
    set -l lead (string match -r -- '^--[a-z-]+=' "$meant")
    set -l said (command $program complete --shell fish -- $words "$meant" 2>/dev/null </dev/null)
    set -l more $said[1]
    set -e said[1]
    test (count $said) = 0; or printf '%s\n' $said
    switch "$more"
        case files
            __fish_complete_path (string replace -- "$lead" '' "$meant") | string replace -r '^' -- "$lead"
        case folders
            __fish_complete_directories (string replace -- "$lead" '' "$last") '' | string replace -r '^' -- "$lead"
    end
end

complete -c backcast -f -a '(__backcast_complete)'
