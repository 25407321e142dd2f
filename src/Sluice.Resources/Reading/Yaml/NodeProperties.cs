using Sluice.Resources.Reading.Nodes;

namespace Sluice.Resources.Reading.Yaml;

/// <summary>Anchor and tag before a value.</summary>
internal struct NodeProperties
{
    private const string Core = "tag:yaml.org,2002:";

    public string? Anchor;

    /// <summary>As resolved: "tag:yaml.org,2002:str", or "!".</summary>
    public string? Tag;

    /// <summary>Where the last of them stands; 0 when there is none.</summary>
    public int Line;
    public int Column;

    /// <summary>A collection has no tag, or the one of its kind.</summary>
    public readonly void RequireTag(string name)
    {
        if (Tag is not null and not "!" && Tag != Core + name)
            throw Unknown();
    }

    /// <summary>What a scalar is once its tag is taken into account.</summary>
    public readonly NodeKind KindOf(NodeKind kind, string value)
    {
        if (Tag is null)
            return kind;
        var resolved = PlainScalar.Resolve(value);
        NodeKind? tagged = Tag switch
        {
            "!" or Core + "str" => NodeKind.String,
            Core + "int" when resolved == NodeKind.Integer => resolved,
            Core + "float" when resolved is NodeKind.Float or NodeKind.Integer => NodeKind.Float,
            Core + "bool" when resolved == NodeKind.Boolean => resolved,
            Core + "null" when resolved == NodeKind.Null => resolved,
            _ => null,
        };
        return tagged ?? throw Unknown();
    }

    private readonly ManifestSyntaxException Unknown() =>
        new(Line, Column + 1, $"the tag {Describe.Quoted(Tag!)} does not fit the value or is not known here: remove it");
}
