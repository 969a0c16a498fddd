"""Configuration of Sphinx, which builds the documentation: python -m sphinx -W -b html docs .docs"""

from __future__ import annotations

from importlib.util import find_spec

import quoteattr

project = "quoteattr"
author = "the quoteattr contributors"
project_copyright = "the quoteattr contributors, Apache License 2.0"
version = release = quoteattr.__version__

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
exclude_patterns = ["README.md"]
nitpicky = False
autodoc_mock_imports = [] if find_spec("pyspark") else ["pyspark"]

html_theme = "furo"
html_title = f"quoteattr {release}"
html_copy_source = False
html_show_sphinx = False

# Anchors of headings, so that links like architecture.md#why work in the repository and on the site.
myst_heading_anchors = 3
# `parse` in a docstring is code, as in Markdown.
default_role = "literal"

autodoc_member_order = "bysource"
autodoc_typehints = "signature"
autodoc_class_signature = "separated"
# The library creates results, not its callers; their fields are documented one by one.
autodoc_default_options = {"exclude-members": "__init__, __new__"}
napoleon_google_docstring = True
napoleon_numpy_docstring = False
