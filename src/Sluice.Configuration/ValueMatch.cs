namespace Sluice.Configuration;

/// <summary>A header or query parameter predicate. Header names are lower case here and compared without case.</summary>
public sealed record ValueMatch(string Name, ValueMatchType Type, string Value);
