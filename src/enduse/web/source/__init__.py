"""The sources of a case, read again where a record stands; never written."""
