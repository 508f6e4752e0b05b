"""The serving index: narrow columns, sorted once, with bitmaps for what people click on."""
