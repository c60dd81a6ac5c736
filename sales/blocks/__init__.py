"""The blocks: one package per step of the pipeline, each with its rules and its verbs. Blocks never call each other."""
