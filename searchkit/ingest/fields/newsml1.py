"""NewsML 1 (IPTC, 2000 to 2004), in which agencies still send: AFP, ATS, Belga."""

from __future__ import annotations

from typing import Any

from searchkit.ingest.fields.language import language
from searchkit.ingest.texts import xml
from searchkit.ingest.texts.markup import plain

_NUMBERED = "Identification/NewsIdentifier"
_MANAGED = "NewsManagement"
_TEXTS = frozenset({"", "text", "complextext"})
_NO_TEXTS = frozenset({"title", "caption"})


def fields(item: Any) -> dict[str, Any]:
    """The fields of the article in a NewsItem, for `records.articles`; its revisions have one id."""
    number = [xml.said(item, f"{_NUMBERED}/{part}") for part in ("ProviderId", "DateId", "NewsItemId")]
    contents = (each for each in item.iter("ContentItem") if next(each.iterancestors("NewsItem")) is item)
    body = "\n\n".join(filter(None, map(_text, contents)))
    return {
        "id": "-".join(":".join(("urn:newsml", *number)).split()) if all(number) else None,
        "title": xml.said(item, ".//NewsLines/HeadLine"),
        "lede": xml.said(item, ".//NewsLines/SubHeadLine"),
        "body": body,
        "published": xml.said(item, f"{_MANAGED}/FirstCreated"),
        "modified": xml.said(item, f"{_MANAGED}/ThisRevisionCreated"),
        "source": _formal(item, "Provider/Party") or _formal(item, "Source/Party") or number[0],
        "authors": list(dict.fromkeys(xml.texts(item, ".//NewsLines/ByLine"))),
        "tags": _tags(item),
        "language": language(_formal(item, "Language") or item.get(xml.LANGUAGE) or "", body),
    }


def _formal(item: Any, path: str) -> str:
    """The first name that says anything of those elements."""
    return next(filter(None, (found.get("FormalName") for found in item.iterfind(f".//{path}"))), "")


def _tags(item: Any) -> list[str]:
    properties = item.iterfind(".//DescriptiveMetadata/Property[@FormalName='Keyword']")
    stated = [each.get("Value", "") for each in properties]
    return list(dict.fromkeys(filter(None, (*stated, *xml.texts(item, ".//NewsLines/KeywordLine")))))


def _text(content: Any) -> str:
    data = content.find("DataContent")
    if data is None or _formal(content, "MediaType").lower() not in _TEXTS:
        return ""
    role = content.getparent().find("Role")
    if role is not None and role.get("FormalName", "").lower() in _NO_TEXTS:
        return ""
    inner = next(data.iter("body.content", "body"), data)
    if len(inner):
        return xml.paragraphs(inner)
    text = "".join(data.itertext())
    return plain(text) if "</" in text else "\n".join(filter(None, map(str.strip, text.splitlines())))
