"""Completion in bash, zsh, fish and PowerShell: what each of them asks with, and how it wants to be answered.

A shell asks by running `husrum` with `_HUSRUM_COMPLETE` set, as it would ask any program made with Typer.
"""

import os
import re
import shlex
from collections.abc import Callable, Sequence
from typing import NamedTuple

from ...platforms import system
from ...render.listing import remove_controls
from .candidates import Candidate

_BASH = """_husrum_completion() {
    local IFS=$'\\n' line
    COMPREPLY=()
    while read -r line; do COMPREPLY+=("$line"); done < <(COMP_WORDS="${COMP_WORDS[*]}" COMP_CWORD=$COMP_CWORD COMP_LINE="$COMP_LINE" COMP_POINT=$COMP_POINT \\
        _HUSRUM_COMPLETE=complete_bash "$1" 2>/dev/null)
}
complete -o default -o nosort -F _husrum_completion husrum 2>/dev/null || complete -o default -F _husrum_completion husrum
"""
_ZSH = """#compdef husrum
_husrum() {
    local line; local -a values shown
    for line in "${(@f)$(_HUSRUM_COMPLETE=zsh_words _TYPER_COMPLETE_ARGS="${words[1,CURRENT]}" husrum 2>/dev/null)}"; do
        if [[ $line == $'\\t' ]]; then compstate[insert]=''
        elif [[ -n $line ]]; then values+=("${line%%$'\\t'*}"); shown+=("${line//$'\\t'/  }"); fi
    done
    (( $#values )) && compadd -U -V husrum -l -d shown -- $values || _files
}
compdef _husrum husrum
"""
_FISH = """function __husrum_answers
    set --global __husrum_answer (_HUSRUM_COMPLETE=fish_words _TYPER_COMPLETE_ARGS=(commandline -cp | string collect) husrum 2>/dev/null)
    test -n "$__husrum_answer"
end
complete --command husrum --condition __husrum_answers --no-files --keep-order --arguments '$__husrum_answer'
"""
_POWERSHELL = """Register-ArgumentCompleter -Native -CommandName husrum -ScriptBlock {
    param($word, $ast, $position)
    $cursor = $position - $ast.Extent.StartOffset; $encoding = [Console]::OutputEncoding
    $Env:_HUSRUM_COMPLETE = 'powershell_words'; $Env:_TYPER_COMPLETE_ARGS = $ast.ToString().PadRight($cursor).Substring(0, $cursor)
    try {
        [Console]::OutputEncoding = [System.Text.Encoding]::UTF8
        husrum 2>$null | ForEach-Object {
            $value, $text = $_ -split "`t", 2
            $typed = if ($value -match '[^\\w.:=-]') { "'" + $value.Replace("'", "''") + "'" } else { $value }
            $shown = if ($text) { "$value  $text" } else { $value }
            [System.Management.Automation.CompletionResult]::new($typed, $shown, 'ParameterValue', $shown)
        }
    } finally { $Env:_HUSRUM_COMPLETE = $null; $Env:_TYPER_COMPLETE_ARGS = $null; [Console]::OutputEncoding = $encoding }
}
"""

# Text that no shell interprets, whether quotes are open or not: options, and letters, digits and spaces with a few signs between them.
# A title or name with other signs in it (an imported sheet may hold a command in backquotes) is not offered.
_HARMLESS = r"(?:--[a-z-]+=?)?(?:[\w.,:+@/](?:[\w .,:+@/-]*[\w.,:+@/])?)?"


class Shell(NamedTuple):
    """A shell. `install`: the lines that make it complete for good."""

    script: str
    install: tuple[str, ...]


SHELLS: dict[str, Shell] = {
    "bash": Shell(_BASH, ("husrum completion bash > ~/.husrum-completion.bash", "echo 'source ~/.husrum-completion.bash' >> ~/.bashrc")),
    "zsh": Shell(_ZSH, ("husrum completion zsh > ~/.husrum-completion.zsh", "echo 'autoload -U compinit; compinit; source ~/.husrum-completion.zsh' >> ~/.zshrc")),
    "fish": Shell(_FISH, ("mkdir -p ~/.config/fish/completions", "husrum completion fish > ~/.config/fish/completions/husrum.fish")),
    "powershell": Shell(_POWERSHELL, ("if (-not (Test-Path $PROFILE)) { New-Item -ItemType File -Path $PROFILE -Force }", "husrum completion powershell | Add-Content -Path $PROFILE")),
}  # fmt: skip


def current_shell() -> str:
    """Return the shell that this was most likely typed in."""
    name = os.path.basename(os.environ.get("SHELL", "")).removesuffix(".exe")
    return name if name in SHELLS else "powershell" if system.NAME == system.WINDOWS else "bash"


def completion_answer(asked: str, find: Callable[[Sequence[str], str], list[Candidate]]) -> str:
    """Return the answer to a shell, a line for each candidate. `asked`: the value of `_HUSRUM_COMPLETE`."""
    if asked == "complete_bash":
        words, incomplete, quote = _bash_words()
        found = _offered(find(words, incomplete))
        return "\n".join(_bash_lines(found, quote, incomplete))
    words, incomplete = _split(os.environ.get("_TYPER_COMPLETE_ARGS", ""), "`" if asked == "powershell_words" else "\\")
    found = _offered(find(words[1:], incomplete))
    if asked == "complete_zsh":
        # This answer is run as a line of zsh.
        values = "\n".join(f'"{value}"' for value, _text in found)
        return f"_arguments '*: :(({values}))'" if found else "_files"
    if asked == "zsh_words" and not _share(found, incomplete):
        found = [("", ""), *found]  # a tab alone
    if asked == "fish_words":
        found = [(value, text if _fish_finds(incomplete, value, text) else f"{text} ({incomplete})") for value, text in found]
    separator = ":::" if asked in ("complete_powershell", "complete_pwsh") else "\t"
    return "\n".join(f"{value}{separator}{' '.join(text.split())}" if text or not value else value for value, text in found)


def _offered(found: list[Candidate]) -> list[Candidate]:
    """Return the candidates that can be put on a command line as they are, each with a description."""
    return [(value, remove_controls(text)) for value, text in found if re.fullmatch(_HARMLESS, value)]


def _share(found: Sequence[Candidate], incomplete: str) -> bool:
    """Whether all begin with what was typed. Otherwise a shell that inserts their common beginning would delete it."""
    from ...input.text import fold

    return len(found) < 2 or all(fold(value).startswith(fold(incomplete)) for value, _text in found)


def _fish_finds(incomplete: str, value: str, text: str) -> bool:
    """Whether fish would offer this: it offers only what contains the typed letters, and does not know that Å is å."""
    return any(incomplete in each or incomplete.isascii() and incomplete.lower() in each.lower() for each in (value, text))


def _split(line: str, escape: str = "\\") -> tuple[list[str], str]:
    """Return the words of a line, and the last one that is still being typed. A quote may be open. `escape`: what takes a sign's meaning away."""
    lexer = shlex.shlex(line, posix=True, punctuation_chars=False)
    lexer.whitespace_split, lexer.commenters, lexer.escape = True, "", escape
    words = []
    try:
        words = list(iter(lexer.get_token, None))
    except ValueError:
        words = [*_before(line), lexer.token or ""]
        return words[:-1], words[-1]
    sign = re.escape(escape)
    ended = re.search(rf"(?<!{sign})({sign}{sign})*\s$", line)  # a space behind such a sign belongs to the word
    return (words, "") if ended or not words else (words[:-1], words[-1])


def _before(line: str) -> list[str]:
    """Return the whole words before a quote that is open."""
    for place in range(len(line) - 1, -1, -1):
        if line[place] in "\"'":
            try:
                return shlex.split(line[:place])
            except ValueError:
                continue
    return []


def _bash_words() -> tuple[list[str], str, str]:
    """Return the words, the one being typed, and the quote that is open in it. Bash itself splits at `=` and `:` too."""
    if "COMP_LINE" in os.environ:
        line = os.environ["COMP_LINE"]
        line = line[: int(os.environ.get("COMP_POINT") or len(line))]
        words, incomplete = _split(line)
        typed = line.rsplit(" ", 1)[-1] if incomplete else ""
        quote = next((sign for sign in "\"'" if line.count(sign) % 2), "")
        return words[1:], incomplete, quote or ("" if typed == incomplete else "\\")
    words = _split(os.environ["COMP_WORDS"] + " ")[0]
    place = int(os.environ["COMP_CWORD"])
    return words[1:place], words[place] if place < len(words) else "", ""


def _bash_lines(found: list[Candidate], quote: str, incomplete: str) -> list[str]:
    """Format values for bash. Of several it inserts the common beginning, and shows them with their descriptions."""
    start = incomplete.rfind("=") + 1 if incomplete.startswith("--") else 0
    values = [value[start:] if quote in ('"', "'") else _escaped(value[start:]) for value, _text in found]
    if len(found) > 1 and not any(" " in value for value in values):
        # Some users set bash to insert one after the other, with its description.
        shown = [re.sub(r"[^\w .,:+@/()'’-]", "·", text) for _value, text in found]
        values = [f"{value}  {text}" if text else value for value, text in zip(values, shown, strict=True)]
    return values if _share(found, incomplete) else [*values, " "]  # which has no beginning in common with the others


def _escaped(value: str) -> str:
    return value.replace(" ", "\\ ")
