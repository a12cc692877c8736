"""Compile the translations whenever husrum is built or installed, also from a checkout."""

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

sys.path.insert(0, str(Path(__file__).parent))


class TranslationsHook(BuildHookInterface[Any]):
    """Write the compiled modules next to the .po files, and include them although git ignores them."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Run before a wheel or an editable install is made."""
        from translations import compile_language, languages

        for language in languages():
            compile_language(language)
        build_data["artifacts"].append("/husrum_cli/i18n/texts_*.py")
