namespace Sluice.Configuration;

/// <summary>How the path is compared (HTTPPathMatch). Never includes the query.</summary>
public sealed record PathMatch(PathMatchType Type, string Value)
{
    public static PathMatch Root { get; } = new(PathMatchType.PathPrefix, "/");
}
