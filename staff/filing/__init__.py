"""Filing a document: what streams in is sealed piece by piece, looked at, and only then kept and recorded.

receiving   the form of a browser or a program, read as it arrives
inspecting  what kind of file it is, by its content, and whether it is one that is taken
archives    the same for formats that are packed: how much comes out of them, and macros
keeping     from the upload to the event
"""
