#!/bin/sh
# Do bash, zsh and fish complete commands and options, with what was installed under PREFIX?
#
#   sh Tests/Release/completions.sh PREFIX
set -eu

prefix=$(cd "$1" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' INT TERM HUP
PATH=$prefix/bin:$PATH
XDG_DATA_DIRS=$prefix/share:/usr/local/share:/usr/share
HOME=$work XDG_CONFIG_HOME=$work/config XDG_DATA_HOME=$work/data
export PATH XDG_DATA_DIRS HOME XDG_CONFIG_HOME XDG_DATA_HOME

# expect SHELL LINE WORD: the shell's answers to the line stand in $work/answers.
expect() {
    if [ -s "$work/errors" ]; then
        cat "$work/errors" >&2
        echo "$1 complains while it completes '$2'" >&2
        exit 1
    fi
    if ! tr -d '\r' < "$work/answers" | tr -s ' \t' '\n\n' | grep -q -x -F -e "$3"; then
        cat "$work/answers" >&2
        echo "$1 does not complete '$2' to $3" >&2
        exit 1
    fi
}

# As bash-completion loads it: by the command's name, from XDG_DATA_DIRS.
in_bash() {
    bash --norc --noprofile -c '
        . /usr/share/bash-completion/bash_completion
        _completion_loader bankhook
        COMP_LINE=$1 COMP_POINT=${#1}
        read -r -a COMP_WORDS <<< "$1"
        COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
        name=$(complete -p bankhook | sed "s/.*-F \([^ ]*\) .*/\1/")
        "$name" bankhook "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
        printf "%s\n" "${COMPREPLY[@]}"' bash "$1" > "$work/answers" 2> "$work/errors"
    expect bash "$1" "$2"
}

# As a person presses the key: in a terminal, with compinit. The list that appears is read.
in_zsh() {
    cat > "$work/.zshrc" <<END
fpath=($prefix/share/zsh/site-functions \$fpath)
autoload -Uz compinit && compinit -u -d $work/zcompdump
zstyle ':completion:*' list-colors ''
LISTMAX=0
PS1='ready> '
show-line() { print -r -- "LINE=[\$BUFFER]" }
zle -N show-line
bindkey '^T' show-line
END
    : > "$work/errors"
    python3 -B "$tests/zsh.py" "$work" "$1" > "$work/answers" 2> "$work/errors"
    expect zsh "$1" "$2"
}

in_fish() {
    fish --private -c "complete -C '$1'" > "$work/answers" 2> "$work/errors"
    expect fish "$1" "$2"
}

tests=$(cd "$(dirname "$0")" && pwd)
for shell in bash zsh fish; do
    "in_$shell" "bankhook pl" plan
    "in_$shell" "bankhook state m" migrate
    "in_$shell" "bankhook plan --detailed" --detailed-exitcode
    "in_$shell" "bankhook apply --auto" --auto-approve
done
