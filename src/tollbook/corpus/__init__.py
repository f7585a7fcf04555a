"""A corpus, from files to tables: sources, workers, sinks; see `tollbook.extract_corpus`."""
