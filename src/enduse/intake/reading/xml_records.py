"""Declarations in XML: the elements that repeat below the root, each as an object of named values.

Read as a stream by defusedxml, which refuses entity bombs and outside references; runs in a child process.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from enduse.errors import SourceRefused

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

DEPTH = 60  # elements inside one another; papers of trade need ten


def outers(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of the file: the elements of the most frequent name below the root, or the root where none repeats."""
    counts = Counter(tag for tag, element in _children(path) if len(element) or element.attrib)
    tag, number = counts.most_common(1)[0] if counts else ("", 0)
    if number > 1:
        yield from (
            found for name, element in _children(path) if name == tag and isinstance(found := value_of(element), dict)
        )
        return
    whole: dict[str, Any] = {}
    for name, element in _children(path):
        _put(whole, name, value_of(element))
    yield whole


def _children(path: Path) -> Iterator[tuple[str, Element]]:
    """The children of the root one by one, freed once they were looked at."""
    from xml.etree.ElementTree import ParseError

    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import iterparse

    depth = 0
    root: Element | None = None
    try:
        for event, element in iterparse(str(path), events=("start", "end")):
            if event == "start":
                root = element if root is None else root
                depth += 1
                if depth > DEPTH:
                    raise SourceRefused(
                        f"the XML has elements more than {DEPTH} deep",
                        where=path.name,
                        fix="Export the table as CSV or xlsx",
                    )
                continue
            depth -= 1
            if depth == 1:
                yield local(element), element
                if root is not None:
                    root.clear()
    except ParseError as error:
        raise SourceRefused(f"the XML is broken ({error})", where=path.name, fix="Get the file again") from error
    except DefusedXmlException as error:
        raise SourceRefused(
            f"the XML declares entities or outside references ({type(error).__name__})",
            where=path.name,
            fix="Data has no need of them: get the file from its maker",
        ) from error


def local(element: Element) -> str:
    """The name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def value_of(element: Element) -> dict[str, Any] | str:
    """An element as its text, or as an object of attributes and children; what repeats becomes a list."""
    text = (element.text or "").strip()
    if not len(element) and not element.attrib:
        return text
    found: dict[str, Any] = {}
    for name, value in element.attrib.items():
        plain = name.rpartition("}")[2]
        if plain not in ("schemaLocation", "noNamespaceSchemaLocation"):
            _put(found, plain, value)
    for child in element:
        _put(found, local(child), value_of(child))
    if text:
        if not found:
            return text
        _put(found, "", text)
    return found


def _put(found: dict[str, Any], name: str, value: Any) -> None:
    if name not in found:
        found[name] = value
    elif isinstance(found[name], list):
        found[name].append(value)
    else:
        found[name] = [found[name], value]
