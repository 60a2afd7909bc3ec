"""Words that leave somebody out: found in a text, with kinder ones to put in their place.

A text is masked (what is not the author's own words), cut into words, matched against rules, and
what the context spares is left out. Time is linear in the length of the text.
"""
