"""A walk through a schema."""


def nodes(node, path=()):
    """Every subschema with its path."""
    yield path, node
    for key in ("properties", "$defs"):
        for name, child in node.get(key, {}).items():
            yield from nodes(child, (*path, name))
    for key in ("items", "additionalProperties", "propertyNames", "if", "then"):
        if isinstance(node.get(key), dict):
            yield from nodes(node[key], (*path, key))
