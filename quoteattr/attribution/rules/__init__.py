"""The rules that propose a speaker, a module for each kind of evidence. `registry` puts them in order."""
