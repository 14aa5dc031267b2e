# bash completion for backcast: it asks `backcast complete`, which knows the commands, the options and
# what each takes. Nothing that it says is evaluated; each candidate comes quoted.

# The words up to the cursor, as typed: bash cuts them at = and : too. In _backcast_words.
_backcast_read_words()
{
    local line=${COMP_LINE:0:COMP_POINT} word i
    _backcast_words=()
    for ((i = 0; i <= COMP_CWORD; i++)); do
        word=${COMP_WORDS[i]}
        # Nothing between it and the word before: they are one.
        if ((i > 0)) && [[ $line != [[:blank:]]* ]]; then
            _backcast_words[${#_backcast_words[@]} - 1]+=$word
        else
            _backcast_words+=("$word")
            while [[ $line == [[:blank:]]* ]]; do line=${line:1}; done
        fi
        line=${line:${#word}}
    done
    for ((i = 1; i < ${#_backcast_words[@]} - 1; i++)); do
        _backcast_words[i]=${_backcast_words[i]/#\~\//$HOME/} # --ledger ~/sales
    done
}

_backcast()
{
    local program=backcast word lead more='' candidate
    local -a _backcast_words
    COMPREPLY=()
    _backcast_read_words
    [[ ${1-} != */backcast ]] || program=$1
    ((${#_backcast_words[@]} > 1)) || return 0

    # What of the word bash leaves alone, since it takes it for other words.
    word=${_backcast_words[${#_backcast_words[@]} - 1]}
    lead=$word
    case ${COMP_WORDS[COMP_CWORD]} in
    = | :) ;;
    *) lead=${word:0:${#word} - ${#COMP_WORDS[COMP_CWORD]}} ;;
    esac

    while IFS= read -r candidate; do
        if [[ -z $more ]]; then
            more=$candidate
        elif [[ $candidate == "$lead"* ]]; then
            COMPREPLY+=("${candidate:${#lead}}")
        fi
    done < <("$program" complete --shell bash -- \
        "${_backcast_words[@]:1}" 2>/dev/null </dev/null)
    case $more in
    files) compopt -o default 2>/dev/null ;;
    folders) compopt -o dirnames 2>/dev/null ;;
    esac
    return 0
}

complete -F _backcast backcast
