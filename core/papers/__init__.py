"""Official papers as PDF: A4, black on white, Chinese embedded, the same bytes for the same contents.

`glyphs` knows the font and what it lacks; `lines` breaks Chinese text into lines; `sheet` lays a paper out.
"""
