"""The stages of the pipeline, one spaCy component a file."""
