"""The base of every refusal: an expected, worded no. Interfaces translate it; nothing was written.

A refusal's sentence is for the person who reads it and ends with the next step. Its ``code`` is for machines.
"""


class Refusal(Exception):
    """Something was refused and nothing was changed. Named refusals live beside the verb that raises them."""

    code = "refused"

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence
