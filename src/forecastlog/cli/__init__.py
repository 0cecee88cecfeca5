"""The command line.

A file a command, each of which parses, calls the library, prints and picks an exit code.
"""
