"""The type of a field → an empty value of it, and what may stand there in words."""

from enum import Enum
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from msgspec import NODEFAULT, Struct
from msgspec.structs import FieldInfo, fields

from advgen.phrases import listed
from advgen.values import EPOCH, Timestamp, Unknown, VersionRange


def placeholder(kind: Any) -> Any:  # noqa: ANN401 - what a type annotation can be
    """Give an empty value of a type, to stand where one could not be read."""
    origin = get_origin(kind)
    if origin is Annotated:
        return ""
    if origin in (tuple, dict):
        return origin()
    if origin in (Union, UnionType):
        return None if NoneType in get_args(kind) else placeholder(get_args(kind)[0])
    if kind is Timestamp:
        return EPOCH
    if issubclass(kind, Struct):
        return kind(**{info.name: default(info) for info in fields(kind)})
    return next(iter(kind)) if issubclass(kind, Enum) else kind()


def default(info: FieldInfo) -> Any:  # noqa: ANN401 - as `placeholder`
    """Give what a field is when it is left out."""
    if info.default is not NODEFAULT:
        return info.default
    return info.default_factory() if info.default_factory is not NODEFAULT else placeholder(info.type)


def describe(kind: Any) -> str:  # noqa: ANN401 - as `placeholder`
    """Say in words what may stand there."""
    origin = get_origin(kind)
    if origin is Annotated:
        return str(get_args(kind)[1].value)
    if origin in (tuple, dict):
        return "a list" if origin is tuple else "a table of texts"
    if origin in (Union, UnionType):
        return listed([describe(member) for member in get_args(kind) if member is not NoneType], "or", quote="")
    if kind is VersionRange:
        return "versions such as `before 4.2.1`"
    if kind is Unknown:
        return "`unknown`"
    if isinstance(kind, type) and issubclass(kind, Enum):
        return listed([str(member.value) for member in kind], "or")
    if isinstance(kind, type) and issubclass(kind, Struct) and kind is not Timestamp:
        return "the fields " + listed([info.encode_name for info in fields(kind)])
    return {str: "text", int: "a whole number", bool: "`true` or `false`", Timestamp: "a time such as `2026-11-20T14:00:00Z`"}[kind]
